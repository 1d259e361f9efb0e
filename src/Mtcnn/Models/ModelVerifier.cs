namespace Mtcnn.Models;

/// <summary>Tells by SHA-256 whether files are the original weights, or others that are whole. Thread-safe.</summary>
public static class ModelVerifier
{
    /// <summary>Verifies the file that a locator finds for a model.</summary>
    /// <exception cref="ModelException">The file cannot be read.</exception>
    public static ModelVerification Verify(OriginalModel model, ModelLocator locator) => Verify(model, locator.Find(model));

    /// <summary>Verifies one file.</summary>
    /// <param name="model">What it should be.</param>
    /// <param name="path">The file; null counts as missing.</param>
    /// <exception cref="ModelException">The file cannot be read.</exception>
    public static ModelVerification Verify(OriginalModel model, string? path)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!File.Exists(path))
        {
            return new ModelVerification(model, path, ModelStatus.Missing, 0, null, null);
        }

        (long size, string sha256) = ModelHash.Of(path);
        OriginalModel? actual = ModelCatalog.WithSum(sha256);
        ModelStatus status = actual switch
        {
            _ when model.Sha256 == sha256 => ModelStatus.Original,
            not null => ModelStatus.OtherModel,
            _ when size == 0 => ModelStatus.Empty,
            _ when ModelSums.Lists(path, sha256) => ModelStatus.Trained,
            _ => ModelStatus.Unknown,
        };
        return new ModelVerification(model, path, status, size, sha256, status == ModelStatus.Original ? model : actual);
    }
}
