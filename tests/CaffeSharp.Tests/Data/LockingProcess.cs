using System.Diagnostics;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Data;

/// <summary>Another process that holds a lock until it is disposed.</summary>
internal sealed class LockingProcess : IDisposable
{
    private readonly Process _process;

    private LockingProcess(string call, string path)
    {
        _process = Pycaffe.Start(
            $"import fcntl, os\n{call}\nprint('locked', flush=True)\nsys.stdin.read()\n", path);
        Assert.Equal("locked", _process.StandardOutput.ReadLine());
    }

    /// <summary>Locks a file's first byte, as LMDB does while it makes its lock.</summary>
    internal static LockingProcess OfFile(string path) =>
        new("file = open(args[0], 'r+b')\nfcntl.lockf(file, fcntl.LOCK_EX, 1, 0, 0)", path);

    /// <summary>Locks a folder, as one who writes into a store does.</summary>
    internal static LockingProcess OfFolder(string path) =>
        new("folder = os.open(args[0], os.O_RDONLY)\nfcntl.flock(folder, fcntl.LOCK_EX)", path);

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
