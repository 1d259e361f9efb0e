using System.Runtime.InteropServices;

// The leak gate counts finalizers of the whole process, and the memory tests read the process's memory.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
