using Mtcnn.Faces;

namespace Mtcnn.Training.Crops.Makers;

/// <summary>A marked face as crops are cut by it.</summary>
/// <param name="Box">Its box in pixels, as marked or made of points; never empty.</param>
/// <param name="Points">Its five points; null where they are not marked.</param>
/// <param name="IsIgnored">Whether it is neither a face to learn nor a place for negatives.</param>
internal sealed record MarkedFace(Box Box, Landmarks? Points, bool IsIgnored)
{
    public double LongerSide => Math.Max(Box.Width, Box.Height);

    public double ShorterSide => Math.Min(Box.Width, Box.Height);
}
