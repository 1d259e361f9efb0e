namespace Mtcnn.Models;

/// <summary>What of the process's surroundings decides where models are looked for.</summary>
/// <param name="SharedFolder">The folder whose <c>models</c> holds the weights; null for none.</param>
/// <param name="ExecutableFolder">Where the running program lies.</param>
/// <param name="CurrentFolder">The current folder.</param>
/// <param name="DataFolder">The user's folder for programs' data; empty if the user has no home.</param>
internal sealed record ModelSearchEnvironment(string? SharedFolder, string ExecutableFolder, string CurrentFolder, string DataFolder)
{
    /// <summary>The environment variable that names the shared folder.</summary>
    public const string SharedVariable = "MTCNN_SHARED";

    // Marks the root of this project's repository.
    private const string RepositoryMark = "Mtcnn.sln";

    /// <summary>This process's: <c>MTCNN_SHARED</c>, its folders, and <c>XDG_DATA_HOME</c> or <c>~/.local/share</c>.</summary>
    public static ModelSearchEnvironment Current => new(
        Environment.GetEnvironmentVariable(SharedVariable),
        AppContext.BaseDirectory,
        Environment.CurrentDirectory,
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify));

    /// <summary>Where fetched models go; null if the user has no home.</summary>
    public string? UserFolder => DataFolder.Length > 0 ? Path.Combine(DataFolder, "mtcnn", "models") : null;

    /// <summary>The folders to look in, first to last, whether they exist or not.</summary>
    public IReadOnlyList<string> Folders
    {
        get
        {
            IEnumerable<string?> candidates =
            [
                string.IsNullOrWhiteSpace(SharedFolder) ? null : Path.Combine(CurrentFolder, SharedFolder, "models"),
                BesideRepository(RepositoryAbove(ExecutableFolder)),
                BesideRepository(RepositoryAbove(CurrentFolder)),
                BesideRepository(CurrentFolder),
                UserFolder,
            ];
            return [.. candidates.OfType<string>().Select(Path.GetFullPath).Distinct()];
        }
    }

    /// <summary>
    /// The folders that may hold this project's own weights, first to last: <c>models</c> beside the program, and in the repository that the program or the
    /// current folder is in.
    /// </summary>
    public IReadOnlyList<string> OwnFolders
    {
        get
        {
            IEnumerable<string?> roots = [ExecutableFolder, RepositoryAbove(ExecutableFolder), RepositoryAbove(CurrentFolder)];
            return [.. roots.OfType<string>().Select(root => Path.GetFullPath(Path.Combine(root, "models"))).Distinct()];
        }
    }

    private static string? BesideRepository(string? root) => root is null ? null : Path.Combine(root, "..", "shared", "models");

    private static string? RepositoryAbove(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RepositoryMark)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
