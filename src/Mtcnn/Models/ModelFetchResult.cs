namespace Mtcnn.Models;

/// <summary>Where a fetched model is.</summary>
/// <param name="Model">The model.</param>
/// <param name="Path">The file; verified to be the original.</param>
/// <param name="Source">Where it was downloaded from; null if it was there before.</param>
public sealed record ModelFetchResult(OriginalModel Model, string Path, Uri? Source);
