using System.Text;

namespace Mtcnn.Models;

/// <summary>
/// Finds weights on this machine: in the one folder that a caller names, or else in <c>$MTCNN_SHARED/models</c>, <c>../shared/models</c> beside the
/// repository that the program or the current folder is in, and <c>${XDG_DATA_HOME:-~/.local/share}/mtcnn/models</c>. Where the originals are in none of
/// them, a detector gets the weights that this project trained itself, all of them or none (<see cref="OwnFolders"/>).
/// A named folder is the only one looked in, so that retrained weights are never mixed with others unnoticed. Immutable and thread-safe.
/// </summary>
public sealed class ModelLocator
{
    /// <summary>The command that downloads the original weights.</summary>
    public const string FetchCommand = "mtcnn models fetch";

    /// <summary>Prepares a search.</summary>
    /// <param name="folder">The one folder to look in; null for the usual places.</param>
    public ModelLocator(string? folder = null)
        : this(folder, ModelSearchEnvironment.Current)
    {
    }

    /// <summary>Prepares a search in other surroundings than this process's.</summary>
    internal ModelLocator(string? folder, ModelSearchEnvironment environment)
    {
        (Folders, OwnFolders) = folder is null ? (environment.Folders, environment.OwnFolders) : ([folder], []);
    }

    /// <summary>Where downloaded weights go unless a caller says otherwise; null if the user has no home.</summary>
    public static string? UserFolder => ModelSearchEnvironment.Current.UserFolder;

    /// <summary>The folders, in the order in which they are looked in, whether they exist or not.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>
    /// The folders in which <see cref="Locate"/> looks for this project's own weights where the originals are not found; none if a folder was named.
    /// </summary>
    public IReadOnlyList<string> OwnFolders { get; }

    /// <summary>Finds one model's file in any of the known layouts; null if it is in none of the folders.</summary>
    public string? Find(OriginalModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Folders.Select(folder => FindIn(folder, model)).FirstOrDefault(path => path is not null);
    }

    /// <summary>Finds this project's own weights of one model; null if they are in none of <see cref="OwnFolders"/>.</summary>
    public string? FindOwn(OriginalModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return OwnFolders.Select(folder => FindIn(folder, model)).FirstOrDefault(path => path is not null);
    }

    /// <summary>
    /// Finds all files that a detector needs: the originals (or what lies in the folder that was named), or else this project's own weights, never some of
    /// each.
    /// </summary>
    /// <param name="withLandmarks">Whether the fourth net is needed.</param>
    /// <exception cref="ModelException">A file is missing or empty; the message names every one and each folder that was looked in.</exception>
    public ModelFiles Locate(bool withLandmarks = false)
    {
        OriginalModel[] wanted = [.. ModelCatalog.Detection.Where(model => withLandmarks || model != ModelCatalog.Landmarks)];
        Dictionary<OriginalModel, string?> found = wanted.ToDictionary(model => model, Find);
        OriginalModel[] missing = [.. wanted.Where(model => found[model] is null)];
        bool areSubstitutes = missing.Length > 0;
        if (areSubstitutes)
        {
            found = OwnFolders
                .Select(folder => wanted.ToDictionary(model => model, model => FindIn(folder, model)))
                .FirstOrDefault(own => !own.ContainsValue(null))
                ?? throw new ModelException(ModelErrorKind.Missing, Explain(missing));
        }

        foreach (string path in found.Values.OfType<string>().Where(path => new FileInfo(path).Length == 0))
        {
            throw new ModelException(ModelErrorKind.Corrupt, $"{path}: the file of weights is empty. Delete it and run: {FetchCommand}", path);
        }

        return new ModelFiles(
            found[ModelCatalog.Proposal]!,
            found[ModelCatalog.Refinement]!,
            found[ModelCatalog.Output]!,
            found.GetValueOrDefault(ModelCatalog.Landmarks))
        {
            AreSubstitutes = areSubstitutes,
        };
    }

    private static string? FindIn(string folder, OriginalModel model) =>
        model.RelativePaths.Select(path => Path.Combine(folder, path)).FirstOrDefault(File.Exists);

    private string Explain(OriginalModel[] missing)
    {
        StringBuilder message = new($"The weights of {string.Join(", ", missing.AsEnumerable())} were not found. Looked in:");
        foreach (string folder in Folders)
        {
            _ = message.Append('\n').Append("  ").Append(folder);
            _ = message.Append(this switch
            {
                _ when File.Exists(folder) => " (this is a file; name the folder that it is in)",
                _ when !Directory.Exists(folder) => " (there is no such folder)",
                _ => string.Empty,
            });
        }

        return message.Append('\n')
            .Append($"Download the original weights with: {FetchCommand}\n")
            .Append($"or put {string.Join(", ", missing.Select(model => model.FileName))} into one of these folders.")
            .ToString();
    }
}
