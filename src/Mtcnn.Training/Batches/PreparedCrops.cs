namespace Mtcnn.Training.Batches;

/// <summary>Ranges of the stores of prepared folders, by task.</summary>
/// <param name="Classification">Negatives and positives.</param>
/// <param name="Offsets">Positives and parts, with offsets.</param>
/// <param name="Points">Landmark crops.</param>
internal sealed record PreparedCrops(IReadOnlyList<CropRange> Classification, IReadOnlyList<CropRange> Offsets, IReadOnlyList<CropRange> Points);
