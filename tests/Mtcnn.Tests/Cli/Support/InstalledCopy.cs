using CaffeSharp.Tests.Support;

namespace Mtcnn.Tests.Cli.Support;

/// <summary>
/// The command in a folder outside the repository, with a separate home folder without models, as
/// directly after the installation.
/// </summary>
internal sealed class InstalledCopy : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="withOwnModels">Whether the project's own weights were installed with it.</param>
    public InstalledCopy(bool withOwnModels = false)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(AppContext.BaseDirectory).EnumerateFileSystemInfos())
        {
            if (entry.Name == "models" && !withOwnModels)
            {
                continue;
            }

            string place = Path.Combine(_folder.Path, entry.Name);
            // The program resolves its folder from its own files, so these are copied; other files can be links.
            if (entry.Name.StartsWith("Mtcnn.Cli", StringComparison.Ordinal))
            {
                File.Copy(entry.FullName, place);
            }
            else
            {
                File.CreateSymbolicLink(place, entry.FullName);
            }
        }
    }

    public string Folder => _folder.Path;

    public MtcnnCommand Command => new MtcnnCommand
    {
        Program = [Path.Combine(Folder, "Mtcnn.Cli")],
        WorkingFolder = Folder,
    }
    .With("MTCNN_SHARED", null)
    .With("CAFFESHARP_PYTHON", null)
    .With("HOME", Folder)
    .With("XDG_DATA_HOME", Path.Combine(Folder, "data"));

    public void Dispose() => _folder.Dispose();
}
