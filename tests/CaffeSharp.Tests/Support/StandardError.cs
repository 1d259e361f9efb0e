using System.Runtime.InteropServices;

namespace CaffeSharp.Tests.Support;

/// <summary>What native code writes to the process's standard error, which .NET's own redirection does not see.</summary>
internal static partial class StandardError
{
    private const int Descriptor = 2;

    internal static string During(Action action)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("stderr", string.Empty);
        int kept = Duplicate(Descriptor);
        using (FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            Assert.Equal(Descriptor, DuplicateTo((int)file.SafeFileHandle.DangerousGetHandle(), Descriptor));
            try
            {
                action();
            }
            finally
            {
                Assert.Equal(Descriptor, DuplicateTo(kept, Descriptor));
                Assert.Equal(0, Close(kept));
            }
        }

        return File.ReadAllText(path);
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int DuplicateTo(int descriptor, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
