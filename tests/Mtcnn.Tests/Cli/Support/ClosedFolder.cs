using System.Runtime.Versioning;

namespace Mtcnn.Tests.Cli.Support;

/// <summary>A folder that cannot be listed until this object is disposed.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ClosedFolder : IDisposable
{
    private readonly string _path;

    public ClosedFolder(string path)
    {
        _path = path;
        File.SetUnixFileMode(path, UnixFileMode.None);
    }

    public void Dispose() => File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
