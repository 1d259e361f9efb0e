using Mtcnn.Data;

namespace Mtcnn.Training.Batches;

/// <summary>Prepared folders, open to read. Members may be called from any thread.</summary>
internal sealed class PreparedStores : IDisposable
{
    private readonly List<CropStore> _classification = [];
    private readonly List<CropStore> _offsets = [];
    private readonly List<CropStore> _points = [];

    /// <param name="folders">The folders, each with a store a task.</param>
    /// <param name="side">The side that their crops should have.</param>
    /// <exception cref="CropException">A folder is not prepared, or not whole.</exception>
    /// <exception cref="RunException">A folder is for another net.</exception>
    internal PreparedStores(IReadOnlyList<string> folders, int side)
    {
        try
        {
            foreach (string folder in folders)
            {
                Open(CropFolder.Read(folder), side);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The crops to train with, all but a share that is held out.</summary>
    internal PreparedCrops ToTrain(double heldOut) => new(Train(_classification, heldOut), Train(_offsets, heldOut), Train(_points, heldOut));

    /// <summary>The share of the crops that is held out.</summary>
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

    private void Open(CropFolder folder, int side)
    {
        if (folder.Side != side)
        {
            throw new RunException(
                $"{folder.Folder}: its crops have a side of {folder.Side} pixels; this net is trained with {side}. Name a folder that was prepared for it.");
        }

        _classification.Add(CropStore.Open(folder.ClassificationPath));
        _offsets.Add(CropStore.Open(folder.OffsetsPath));
        if (folder.PointsPath is { } points)
        {
            _points.Add(CropStore.Open(points));
        }
    }
}
