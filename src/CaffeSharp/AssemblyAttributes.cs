using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// What crosses to the native half is blittable, and the header test compares it byte for byte.
[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
[assembly: CLSCompliant(false)]
