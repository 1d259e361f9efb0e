using System.Runtime.InteropServices;

namespace Mtcnn.Tests.Support;

/// <summary>Runs code as a user without rights to files, so that tests of permissions hold where they run as root too.</summary>
internal static partial class OtherUser
{
    private const uint Nobody = 65534;

    /// <summary>Runs on its own thread, whose file accesses have no special rights; it ends with the thread.</summary>
    public static T Run<T>(Func<T> action)
    {
        T result = default!;
        Exception? failure = null;
        Thread thread = new(() =>
        {
            // Fails where this user is not root, who then has no rights to spare.
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
