namespace Mtcnn.Models;

/// <summary>What <see cref="ModelVerifier"/> found out about a file.</summary>
/// <param name="Model">What the file should be.</param>
/// <param name="Path">The file; null if none was found.</param>
/// <param name="Status">What it is.</param>
/// <param name="Size">Its length in bytes; 0 if there is none.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal digits; null if there is none.</param>
/// <param name="Actual">The model whose original it is; null if it is none.</param>
public sealed record ModelVerification(
    OriginalModel Model, string? Path, ModelStatus Status, long Size, string? Sha256, OriginalModel? Actual)
{
    /// <summary>The finding in a sentence, with the fix.</summary>
    public string Description => Status switch
    {
        ModelStatus.Original => $"{Path}: the original weights of {Model}.",
        ModelStatus.OtherModel => $"{Path}: holds the weights of {Actual}, not of {Model}. {Fix}",
        ModelStatus.Empty => $"{Path}: the file is empty. {Fix}",
        ModelStatus.Unknown => $"{Path}: not the original weights of {Model} but retrained or damaged ones: {Size} bytes with SHA-256 {Sha256}; the original has {Model.Size} bytes. {Fix}",
        ModelStatus.Trained => $"{Path}: not the original weights of {Model} but others, undamaged: those that {ModelSums.FileName} beside them lists.",
        _ => $"{Model.FileName}: not found. Run: {ModelLocator.FetchCommand}",
    };

    private static string Fix => $"If it should be the original, delete it and run: {ModelLocator.FetchCommand}";
}
