namespace Mtcnn.Faces;

/// <summary>A face found in an image. Immutable; all coordinates are pixels of the upright image.</summary>
/// <param name="Box">Where the face is; may leave the image (see <see cref="ClippedTo"/>).</param>
/// <param name="Score">The probability that this is a face, from 0 to 1, as the last network gave it.</param>
/// <param name="Landmarks">The five points of the face; a point of a face at the border may lie outside the image.</param>
public sealed record Face(Box Box, float Score, Landmarks Landmarks)
{
    /// <summary>The part of the box that is inside an image of this size.</summary>
    /// <param name="width">The image's width in pixels.</param>
    /// <param name="height">The image's height in pixels.</param>
    public Box ClippedTo(int width, int height) => Box.ClippedTo(width, height);
}
