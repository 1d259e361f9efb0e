using Mtcnn.Faces;

namespace Mtcnn.Training.Annotations;

/// <summary>Groups the faces of a file by image, and leaves out invalid and duplicate faces.</summary>
/// <param name="images">The folder that the images' paths are relative to.</param>
internal sealed class ImageCollector(string images)
{
    private readonly Dictionary<string, Collected> _images = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>Adds an image, which may have no faces. If the image was already added, further faces are added to it.</summary>
    /// <returns>The image's path.</returns>
    public string AddImage(string relativePath, string place)
    {
        string path = Path.Combine(images, relativePath);
        _ = _images.TryAdd(path, new Collected(place, [], []));
        return path;
    }

    /// <summary>Adds a face to an image that was added.</summary>
    public void AddFace(string path, AnnotatedFace face)
    {
        Collected image = _images[path];
        if (face.Box is { IsEmpty: true } box)
        {
            _problems.Add(FormattableString.Invariant(
                $"{face.Place}: a box of {path} has no size ({box.Left}, {box.Top} to {box.Right}, {box.Bottom}); it is left out."));
        }
        else if (!image.Marks.Add(Mark.Of(face)))
        {
            _problems.Add($"{face.Place}: a face of {path} is marked twice; the duplicate is left out.");
        }
        else
        {
            image.Faces.Add(face);
        }
    }

    /// <summary>Returns the set of all added images.</summary>
    public AnnotationSet ToSet(string name, MatchRule rule) =>
        new(name, rule, [.. _images.Select(pair => new AnnotatedImage(pair.Key, pair.Value.Faces) { Place = pair.Value.Place })]) { Problems = _problems };

    private sealed record Collected(string Place, List<AnnotatedFace> Faces, HashSet<Mark> Marks);

    private readonly record struct Mark(Box? Box, ImagePoint? First, ImagePoint? Last)
    {
        public static Mark Of(AnnotatedFace face) => face.Points is [var first, .., var last] ? new(face.Box, first, last) : new(face.Box, null, null);
    }
}
