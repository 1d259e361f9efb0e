using System.ComponentModel;
using Mtcnn.Faces;

namespace Mtcnn.Samples.Service;

/// <summary>One face.</summary>
internal sealed record FaceAnswer(
    [property: Description("Left, top, right and bottom.")] IReadOnlyList<double> Box,
    [property: Description("The probability that this is a face, from 0 to 1.")] float Score,
    [property: Description("Left eye, right eye, nose, left and right corner of the mouth; x and y of each.")] IReadOnlyList<IReadOnlyList<double>> Landmarks)
{
    /// <summary>A face, as an answer.</summary>
    public static FaceAnswer Of(Face face) => new(
        [face.Box.Left, face.Box.Top, face.Box.Right, face.Box.Bottom], face.Score, [.. face.Landmarks.ToArray().Select(point => new[] { point.X, point.Y })]);
}
