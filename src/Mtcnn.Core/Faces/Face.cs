namespace Mtcnn.Faces;

/// <summary>A face found in a picture. Immutable; all coordinates are pixels of the upright picture.</summary>
/// <param name="Box">Where the face is; may leave the picture (see <see cref="ClippedTo"/>).</param>
/// <param name="Score">The probability that this is a face, from 0 to 1, as the last network gave it.</param>
/// <param name="Landmarks">The five points of the face; a point of a face at the border may lie outside the picture.</param>
public sealed record Face(Box Box, float Score, Landmarks Landmarks)
{
    /// <summary>The part of the box that is inside a picture of this size.</summary>
    /// <param name="width">The picture's width in pixels.</param>
    /// <param name="height">The picture's height in pixels.</param>
    public Box ClippedTo(int width, int height) => Box.ClippedTo(width, height);
}
