using Mtcnn.Training.Crops;

namespace Mtcnn.Training.Batches;

/// <summary>A stretch of a store's records, in the order of their keys: those to train with, or those held out.</summary>
/// <param name="Store">The store.</param>
/// <param name="First">The first record.</param>
/// <param name="Count">How many.</param>
internal sealed record CropRange(CropStore Store, long First, long Count)
{
    /// <summary>Reads the crops.</summary>
    internal IEnumerable<Crop> Read() => Store.ReadCrops().Skip(checked((int)First)).Take(checked((int)Count));
}
