namespace Mtcnn.Training.Batches;

/// <summary>The stores of prepared folders, by task: a stretch of each.</summary>
/// <param name="Classification">Negatives and positives.</param>
/// <param name="Offsets">Positives and parts, with offsets.</param>
/// <param name="Points">Landmark crops.</param>
internal sealed record PreparedCrops(IReadOnlyList<CropRange> Classification, IReadOnlyList<CropRange> Offsets, IReadOnlyList<CropRange> Points);
