using System.Text.Json;
using Mtcnn.Models;

namespace Mtcnn.Training.Cards;

/// <summary>A folder of trained weights with their card.</summary>
public static class ModelCardFolder
{
    /// <summary>The card: a file that is written by hand, beside the weights.</summary>
    public const string CardName = "card.json";

    /// <summary>The card as a page, beside the weights.</summary>
    public const string PageName = "README.md";

    /// <summary>Writes <see cref="PageName"/> and <see cref="ModelSums"/> from a folder's weights and its <see cref="CardName"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The page's path.</returns>
    /// <exception cref="ModelException">The card or weights are missing, or cannot be read or written; the message names the file.</exception>
    public static string WritePage(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ModelCard card = Read(folder);
        ModelVerification[] weights =
            [.. ModelCatalog.All.Select(model => ModelVerifier.Verify(model, Path.Combine(folder, model.FileName))).Where(file => file.Status != ModelStatus.Missing)];
        foreach (string name in ModelCatalog.Detection.Where(model => model != ModelCatalog.Landmarks).Select(model => model.FileName).Concat(card.Curves))
        {
            if (!File.Exists(Path.Combine(folder, name)))
            {
                throw new ModelException(ModelErrorKind.Missing, $"{Path.Combine(folder, name)}: the file is missing, and a card needs it.");
            }
        }

        string page = Path.Combine(folder, PageName);
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

    private static ModelCard Read(string folder)
    {
        string path = Path.Combine(folder, CardName);
        if (!File.Exists(path))
        {
            throw new ModelException(ModelErrorKind.Missing, $"{path}: there is no such file; what a card says is read from it.", path);
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
