namespace Mtcnn.Models;

/// <summary>How far the download of one model is.</summary>
/// <param name="Model">The model.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Received">Bytes so far; starts again where a download is tried again. <see cref="OriginalModel.Size"/> when all are there.</param>
public readonly record struct ModelFetchProgress(OriginalModel Model, Uri Source, long Received);
