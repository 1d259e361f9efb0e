using System.Globalization;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Preparation;

/// <summary>Writes crops into the stores of their tasks. Members may be called from any thread, except <see cref="Dispose"/>.</summary>
internal sealed class TaskStores : IDisposable
{
    // The maximum number of crops per image is 2 to this power.
    private const int CropBits = 24;

    private readonly ulong _seed;
    private readonly CropStore? _classification;
    private readonly CropStore? _offsets;
    private readonly CropStore? _points;

    /// <param name="folder">The folder of the stores.</param>
    /// <param name="plan">The plan, which determines the stores and their order.</param>
    /// <param name="again">Whether existing stores are replaced.</param>
    public TaskStores(CropFiles folder, CropPlan plan, bool again)
    {
        _seed = SplitMix.Of(plan.Seed).Next();
        try
        {
            bool withBoxes = plan.Net != TrainedNet.Landmarks;
            _classification = withBoxes ? Open(folder.Classification, again) : null;
            _offsets = withBoxes ? Open(folder.Offsets, again) : null;
            _points = plan.CutsLandmarks ? Open(folder.Points, again) : null;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Adds a crop.</summary>
    /// <param name="image">The number of its image.</param>
    /// <param name="number">Its number in the image, below 2^24. A crop with the same two numbers is replaced.</param>
    /// <param name="crop">The crop.</param>
    public void Put(int image, int number, Crop crop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, 1 << CropBits);
        string key = KeyOf(((ulong)image << CropBits) | (uint)number);
        switch (crop.Kind)
        {
            case CropKind.Positive:
                _classification!.Put(key, crop);
                _offsets!.Put(key, crop);
                break;
            case CropKind.Negative:
                _classification!.Put(key, crop);
                break;
            case CropKind.Part:
                _offsets!.Put(key, crop);
                break;
            default:
                _points!.Put(key, crop);
                break;
        }
    }

    /// <summary>Writes the pending crops.</summary>
    public void Commit()
    {
        _classification?.Commit();
        _offsets?.Commit();
        _points?.Commit();
    }

    public void Dispose()
    {
        _classification?.Dispose();
        _offsets?.Dispose();
        _points?.Dispose();
    }

    // The step of the random stream is a bijection, so keys are unique and their order is shuffled.
    private string KeyOf(ulong number) => new SplitMix(_seed + number).Next().ToString("D20", CultureInfo.InvariantCulture);

    private static CropStore Open(string path, bool again)
    {
        if (again && Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return Directory.Exists(path) ? CropStore.Append(path) : CropStore.Create(path);
    }
}
