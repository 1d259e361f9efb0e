using System.Text.Json;
using Mtcnn.Models;

namespace Mtcnn.Training.Cards;

/// <summary>A folder of trained weights with their card.</summary>
public static class ModelCardFolder
{
    /// <summary>The name of the card, a file beside the weights that is written by hand.</summary>
    public const string CardName = "card.json";

    /// <summary>The name of the page that is generated from the card, beside the weights.</summary>
    public const string PageName = "README.md";

    /// <summary>Writes <see cref="PageName"/> and <see cref="ModelSums"/> from a folder's weights and its <see cref="CardName"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="overwrite">
    /// Whether to replace a page that this method did not write, or that was edited since. A page that this method wrote is always replaced.
    /// </param>
    /// <returns>The page's path.</returns>
    /// <exception cref="ModelException">
    /// The card or weights are missing, or a file cannot be read or written; the message names the file.
    /// </exception>
    /// <exception cref="IOException">The page exists, this method did not write it, and <paramref name="overwrite"/> is false.</exception>
    public static string WritePage(string folder, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ModelCard card = Read(folder);
        ModelVerification[] weights =
            [.. ModelCatalog.All.Select(model => ModelVerifier.Verify(model, Path.Combine(folder, model.FileName))).Where(file => file.Status != ModelStatus.Missing)];
        foreach (string name in ModelCatalog.Detection.Where(model => model != ModelCatalog.Landmarks).Select(model => model.FileName).Concat(card.Curves))
        {
            if (!File.Exists(Path.Combine(folder, name)))
            {
                throw new ModelException(ModelErrorKind.Missing, $"{Path.Combine(folder, name)}: the file is missing, and the card requires it.");
            }
        }

        string page = Path.Combine(folder, PageName);
        if (!overwrite && File.Exists(page) && !IsWritten(page))
        {
            throw new IOException(
                $"{page}: the file was not written by `mtcnn models card`, or was edited since. Move it away, or overwrite it with --force.");
        }

        try
        {
            File.WriteAllText(page, ModelCardPage.Text(card, weights));
            ModelSums.Write(folder, weights.Select(file => file.Model.FileName));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelErrorKind.Unreadable, $"{folder}: the card cannot be written: {exception.Message}", folder, exception);
        }

        return page;
    }

    private static bool IsWritten(string page)
    {
        try
        {
            return ModelCardMark.IsOf(File.ReadAllText(page));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelErrorKind.Unreadable, $"{page}: the page cannot be read: {exception.Message}", page, exception);
        }
    }

    private static ModelCard Read(string folder)
    {
        string path = Path.Combine(folder, CardName);
        if (!File.Exists(path))
        {
            throw new ModelException(ModelErrorKind.Missing, $"{path}: there is no such file. The card is generated from it.", path);
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), ModelCardJson.Default.ModelCard)
                ?? throw new ModelException(ModelErrorKind.Corrupt, $"{path}: the file holds null instead of a card.", path);
        }
        catch (JsonException exception)
        {
            throw new ModelException(ModelErrorKind.Corrupt, $"{path}: this is not a card: {exception.Message}", path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelErrorKind.Unreadable, $"{path}: the card cannot be read: {exception.Message}", path, exception);
        }
    }
}
