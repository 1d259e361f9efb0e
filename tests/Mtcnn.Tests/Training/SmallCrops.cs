using System.Globalization;
using System.Text.Json.Nodes;
using Mtcnn.Cascade.Boxes;
using Mtcnn.Tests.Support;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;
using OpenCvSharp;

namespace Mtcnn.Tests.Training;

/// <summary>A few prepared crops of annotated photos, the same each time.</summary>
internal sealed class SmallCrops
{
    private const int FaceSets = 60;

    private readonly int _side;
    private readonly Random _random = new(5);
    private readonly List<Crop> _negatives = [];
    private readonly List<Crop> _positives = [];
    private readonly List<Crop> _parts = [];
    private readonly List<Crop> _landmarks = [];

    private SmallCrops(int side) => _side = side;

    /// <summary>Gets the net whose crops have a side.</summary>
    internal static TrainedNet NetOf(int side) => side switch
    {
        12 => TrainedNet.Proposal,
        24 => TrainedNet.Refinement,
        _ => TrainedNet.Output,
    };

    /// <summary>Writes the stores of a net into a folder.</summary>
    internal static void Write(string folder, int side, int firstPhoto = 0)
    {
        SmallCrops crops = new(side);
        foreach (string[] face in File.ReadLines(SharedFiles.Of("data/faces5/train.csv")).Skip(1 + firstPhoto).Take(FaceSets).Select(line => line.Split(',')))
        {
            crops.Cut(SharedFiles.Of($"data/faces5/{face[0]}"), [.. face.Skip(1).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))]);
        }

        Directory.CreateDirectory(folder);
        crops.Put(Path.Combine(folder, "cls"), [.. crops._negatives, .. crops._positives]);
        crops.Put(Path.Combine(folder, "roi"), [.. crops._positives, .. crops._parts]);
        crops.Put(Path.Combine(folder, "pts"), [.. crops._landmarks]);
        new CropFiles(folder).WriteWhole(new PreparationRecord { Plan = new JsonObject { ["net"] = NetOf(side).Definition().Name }, Images = FaceSets });
    }

    /// <summary>Adds crops around one face, given its box and its points.</summary>
    private void Cut(string path, float[] numbers)
    {
        using Mat image = Cv2.ImRead(path);
        float left = numbers[0], top = numbers[1], right = numbers[2], bottom = numbers[3];
        float size = Math.Max(right - left, bottom - top);
        for (int time = 0; time < 4; time++)
        {
            Cut(image, CropKind.Positive, left, top, right, bottom, size, 0.05f, _positives);
            Cut(image, CropKind.Part, left, top, right, bottom, size, 0.25f, _parts);
            Cut(image, CropKind.Landmark, left, top, right, bottom, size, 0.05f, _landmarks, numbers[4..14]);
            // Beside the face.
            Cut(image, CropKind.Negative, left + (size * (time % 2 == 0 ? -0.8f : 0.8f)), top + (size * (time < 2 ? -0.6f : 0.6f)), right, bottom, size, 0.1f, _negatives);
        }
    }

    private void Cut(Mat image, CropKind kind, float left, float top, float right, float bottom, float size, float shift, List<Crop> to, float[]? points = null)
    {
        float Shift() => ((_random.NextSingle() * 2) - 1) * shift * size;
        int x = (int)(left + Shift()), y = (int)(top + Shift()), side = (int)(size + Shift());
        using Mat roomy = new();
        Cv2.CopyMakeBorder(image, roomy, 400, 400, 400, 400, BorderTypes.Constant, Scalar.Black);
        using Mat cut = new(roomy, new Rect(x + 400, y + 400, side, side));
        using Mat small = new();
        Cv2.Resize(cut, small, new OpenCvSharp.Size(_side, _side), interpolation: InterpolationFlags.Area);
        byte[] pixels = new byte[3 * _side * _side];
        for (int channel = 0; channel < 3; channel++)
        {
            for (int column = 0; column < _side; column++)
            {
                for (int row = 0; row < _side; row++)
                {
                    pixels[(((channel * _side) + column) * _side) + row] = small.At<Vec3b>(row, column)[2 - channel];
                }
            }
        }

        BoxOffsets? offsets = kind is CropKind.Positive or CropKind.Part
            ? new((left - x) / side, (top - y) / side, (right - x - side) / side, (bottom - y - side) / side)
            : null;
        float[]? relative = points is null
            ? null
            : [.. Enumerable.Range(0, 10).Select(at => at < 5 ? (points[2 * at] - x) / side : (points[(2 * (at - 5)) + 1] - y) / side)];
        to.Add(new Crop(kind, _side, pixels, new CropTargets(offsets, relative)));
    }

    private void Put(string path, Crop[] crops)
    {
        _random.Shuffle(crops);
        using CropStore store = CropStore.Create(path);
        for (int index = 0; index < crops.Length; index++)
        {
            store.Put($"{index:D8}", crops[index]);
        }
    }
}
