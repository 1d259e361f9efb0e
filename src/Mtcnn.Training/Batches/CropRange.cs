using Mtcnn.Training.Crops;

namespace Mtcnn.Training.Batches;

/// <summary>A range of a store's records, in the order of their keys: the records for training, or the held-out records.</summary>
/// <param name="Store">The store.</param>
/// <param name="First">The first record.</param>
/// <param name="Count">The number of records.</param>
internal sealed record CropRange(CropStore Store, long First, long Count)
{
    /// <summary>Reads the crops.</summary>
    internal IEnumerable<Crop> Read() => Store.ReadCrops().Skip(checked((int)First)).Take(checked((int)Count));
}
