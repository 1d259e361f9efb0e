using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Detection;

/// <summary>Puts an image's faces in the wanted order and keeps the wanted number.</summary>
internal static class FaceSelector
{
    /// <summary>Selects faces.</summary>
    /// <param name="faces">All faces in falling score.</param>
    /// <param name="image">The image's size.</param>
    /// <param name="options">The selection, the largest face and the number of faces.</param>
    public static IReadOnlyList<Face> Select(IReadOnlyList<Face> faces, ImageSize image, FaceDetectorOptions options)
    {
        double largest = options.MaximumFace ?? double.PositiveInfinity;
        IEnumerable<Face> wanted = faces.Where(face => Math.Max(face.Box.Width, face.Box.Height) <= largest);
        ImagePoint middle = new(image.Width / 2.0, image.Height / 2.0);
        IEnumerable<Face> ordered = options.Selection switch
        {
            FaceSelection.Largest => wanted.OrderByDescending(face => face.Box.Area),
            FaceSelection.MostCentral => wanted.OrderBy(face => face.Box.Center.DistanceTo(middle)),
            _ => wanted,
        };
        int count = options.MaximumFaces ?? (options.Selection == FaceSelection.All ? int.MaxValue : 1);
        return [.. ordered.Take(count)];
    }
}
