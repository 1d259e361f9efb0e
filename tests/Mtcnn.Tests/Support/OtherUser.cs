using System.Runtime.InteropServices;

namespace Mtcnn.Tests.Support;

/// <summary>Runs code as a user without rights to files, so that tests of permissions also work as root.</summary>
internal static partial class OtherUser
{
    private const uint Nobody = 65534;

    /// <summary>Runs code on a separate thread without special rights to files.</summary>
    public static T Run<T>(Func<T> action)
    {
        T result = default!;
        Exception? failure = null;
        Thread thread = new(() =>
        {
            // Fails if this user is not root, and then has no special rights anyway.
            _ = SetFileSystemUser(Nobody);
            try
            {
                result = action();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result : throw failure;
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SetFileSystemUser(uint user);
}
