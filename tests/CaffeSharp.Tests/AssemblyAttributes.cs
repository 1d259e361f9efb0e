using System.Runtime.InteropServices;
using Xunit.Sdk;
using Xunit.v3;

// The leak gate counts finalizers of the whole process, and the memory tests read the process's memory.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
