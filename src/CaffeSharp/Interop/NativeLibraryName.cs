namespace CaffeSharp.Interop;

/// <summary>The one name by which the imports ask for the library.</summary>
internal static class NativeLibraryName
{
    internal const string Import = "caffesharp";
    internal const string File = "libcaffesharp.so";

    /// <summary>CAFFESHARP_ABI_VERSION of runtime.h, as the imports were written.</summary>
    internal const int AbiVersion = 1;
}
