using System.Text.Json;
using Mtcnn.Faces;

namespace Mtcnn.Tests.Support;

/// <summary>What the reference implementation, run by pycaffe, found in an image.</summary>
public sealed record GoldenImage(
    string ImagePath, int Width, int Height, string PixelsMd5, int? BoxesAfter12Net, int? BoxesAfter24Net, IReadOnlyList<GoldenFace> Faces)
{
    /// <summary>The names of all images of a profile, for theories; without the reference results a name whose test is skipped.</summary>
    public static IEnumerable<string> NamesOf(string profile)
    {
        string folder = Path.Combine(SharedFiles.Root, "golden", profile);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)
            : ["missing"];
    }

    /// <summary>Reads the reference result of an image.</summary>
    public static GoldenImage Read(string profile, string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Of($"golden/{profile}/{name}.json")));
        JsonElement root = document.RootElement;
        return new GoldenImage(
            SharedFiles.Image(root.GetProperty("image").GetString()!),
            root.GetProperty("width").GetInt32(),
            root.GetProperty("height").GetInt32(),
            root.GetProperty("pixels_md5").GetString()!,
            Count(root, "boxes_after_12net"),
            Count(root, "boxes_after_24net"),
            [.. root.GetProperty("faces").EnumerateArray().Select(ReadFace)]);
    }

    private static int? Count(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : null;

    private static GoldenFace ReadFace(JsonElement face)
    {
        double[] box = [.. face.GetProperty("box").EnumerateArray().Select(edge => edge.GetDouble())];
        return new GoldenFace(
            new Face(new Box(box[0], box[1], box[2], box[3]), face.GetProperty("score").GetSingle(), ReadLandmarks(face.GetProperty("landmarks"))),
            face.TryGetProperty("landmarks_refined", out JsonElement refined) ? ReadLandmarks(refined) : null);
    }

    private static Landmarks ReadLandmarks(JsonElement points) =>
        new(points.EnumerateArray().Select(point => new ImagePoint(point[0].GetDouble(), point[1].GetDouble())).ToArray());
}
