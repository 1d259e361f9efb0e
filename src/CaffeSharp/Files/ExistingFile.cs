using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Opens files to read, with clear words for a path that is not a file.</summary>
internal static class ExistingFile
{
    internal static FileStream Open(string path)
    {
        NativeText.CheckedPath(path);
        return Directory.Exists(path)
            ? throw new IOException($"{path} is a folder; a file is to be read.")
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }
}
