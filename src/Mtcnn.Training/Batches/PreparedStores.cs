using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Batches;

/// <summary>The open stores of prepared folders, for reading. Thread-safe.</summary>
internal sealed class PreparedStores : IDisposable
{
    private readonly List<CropStore> _classification = [];
    private readonly List<CropStore> _offsets = [];
    private readonly List<CropStore> _points = [];

    /// <param name="folders">The folders, each with a store per task.</param>
    /// <param name="net">The net that the folders must be prepared for.</param>
    /// <exception cref="CropException">A folder is not a prepared folder, or is incomplete.</exception>
    /// <exception cref="RunException">A folder is for another net.</exception>
    internal PreparedStores(IReadOnlyList<string> folders, TrainedNet net)
    {
        try
        {
            foreach (string folder in folders)
            {
                Open(CropFolder.Read(folder), net);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Returns the crops for training: all except the share that is held out.</summary>
    internal PreparedCrops ToTrain(double heldOut) => new(Train(_classification, heldOut), Train(_offsets, heldOut), Train(_points, heldOut));

    /// <summary>Returns the held-out share of the crops.</summary>
    internal PreparedCrops HeldOut(double share) => new(Held(_classification, share), Held(_offsets, share), Held(_points, share));

    public void Dispose()
    {
        foreach (CropStore store in _classification.Concat(_offsets).Concat(_points))
        {
            store.Dispose();
        }
    }

    private static List<CropRange> Train(List<CropStore> stores, double heldOut) => stores.ConvertAll(store =>
    {
        long held = (long)(store.Count * heldOut);
        return new CropRange(store, held, store.Count - held);
    });

    private static List<CropRange> Held(List<CropStore> stores, double share) =>
        stores.ConvertAll(store => new CropRange(store, 0, (long)(store.Count * share)));

    private void Open(CropFolder folder, TrainedNet net)
    {
        if (folder.Net != net)
        {
            throw new RunException(
                $"{folder.Folder}: its crops were prepared for {folder.Net.Definition()}, not for {net.Definition()}. Name a folder that was prepared for it.");
        }

        Open(folder.ClassificationPath, _classification);
        Open(folder.OffsetsPath, _offsets);
        Open(folder.PointsPath, _points);
    }

    private static void Open(string? path, List<CropStore> stores)
    {
        if (path is not null)
        {
            stores.Add(CropStore.Open(path));
        }
    }
}
