using Mtcnn.Faces;

namespace Mtcnn.Training.Crops.Makers;

/// <summary>A marked face to cut crops around.</summary>
/// <param name="Box">Its box in pixels, marked or computed from points; never empty.</param>
/// <param name="Points">Its five points; null if they are not marked.</param>
/// <param name="IsIgnored">Whether it is used neither for faces nor for negatives.</param>
internal sealed record MarkedFace(Box Box, Landmarks? Points, bool IsIgnored)
{
    public double LongerSide => Math.Max(Box.Width, Box.Height);

    public double ShorterSide => Math.Min(Box.Width, Box.Height);
}
