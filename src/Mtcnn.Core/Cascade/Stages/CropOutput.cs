namespace Mtcnn.Cascade.Stages;

/// <summary>A blob that a net gives for crops.</summary>
/// <param name="Blob">Its name.</param>
/// <param name="Values">How many values it has a crop.</param>
internal readonly record struct CropOutput(string Blob, int Values);
