using System.Globalization;
using System.Text.Json.Nodes;
using Mtcnn.Cascade.Boxes;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;

namespace Mtcnn.Suite.Sections;

/// <summary>Prepared crops of random pixels: how long a batch takes does not depend on what is to be seen.</summary>
internal static class MadeCrops
{
    private const int OfKind = 2_000;

    /// <summary>Makes the prepared folder of a net again.</summary>
    public static string Write(TrainedNet net)
    {
        int side = net.Side();
        string folder = Path.Combine(BenchmarkFolders.Work, $"crops{side}");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        CropFiles files = new(folder);
        Random random = new(side);
        Write(files.Classification, side, random, CropKind.Negative, CropKind.Positive);
        Write(files.Offsets, side, random, CropKind.Positive, CropKind.Part);
        Write(files.Points, side, random, CropKind.Landmark);
        files.WriteWhole(new PreparationRecord { Plan = new JsonObject { ["net"] = net.Definition().Name }, Images = 0 });
        return folder;
    }

    private static void Write(string path, int side, Random random, params CropKind[] kinds)
    {
        using CropStore store = CropStore.Create(path);
        for (int index = 0; index < OfKind * kinds.Length; index++)
        {
            CropKind kind = kinds[index % kinds.Length];
            byte[] pixels = new byte[3 * side * side];
            random.NextBytes(pixels);
            BoxOffsets? offsets = kind is CropKind.Positive or CropKind.Part ? new(random.NextSingle(), 0, 0, -random.NextSingle()) : null;
            float[]? points = kind == CropKind.Landmark ? [.. Enumerable.Range(0, 10).Select(_ => random.NextSingle())] : null;
            store.Put(index.ToString("D8", CultureInfo.InvariantCulture), new Crop(kind, side, pixels, new CropTargets(offsets, points)));
        }
    }
}
