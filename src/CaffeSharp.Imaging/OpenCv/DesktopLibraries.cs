using System.Runtime.InteropServices;

namespace CaffeSharp.Imaging;

/// <summary>The desktop libraries without which OpenCvSharp's native library cannot be loaded, though only OpenCV's windows call them.
/// Where the machine lacks one, a stand-in (native/desktop) with the same name for the linker is loaded in its place.</summary>
internal static class DesktopLibraries
{
    /// <summary>By their names for the linker, each after those that it needs itself.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        "libatomic.so.1", "libdrm.so.2", "libfreetype.so.6", "libglib-2.0.so.0", "libgobject-2.0.so.0", "libgio-2.0.so.0", "libX11.so.6",
        "libharfbuzz.so.0", "libcairo.so.2", "libcairo-gobject.so.2", "libgdk_pixbuf-2.0.so.0", "libpango-1.0.so.0",
        "libpangocairo-1.0.so.0", "libatk-1.0.so.0", "libgdk-3.so.0", "libgtk-3.so.0",
    ];

    /// <summary>Loads each of them, from the program's folders or the system, and a stand-in for those that neither has. What has no
    /// stand-in either stays missing: loading OpenCV then says so.</summary>
    /// <remarks>Symbols of what is loaded stay local (RTLD_LOCAL): only a library that names one of these as its own need sees them.</remarks>
    internal static void Provide() => Provide(TryLoad);

    /// <param name="tryLoad">Loads a library by its name; false if there is none.</param>
    internal static void Provide(Func<string, bool> tryLoad)
    {
        foreach (string name in Names)
        {
            _ = tryLoad(name) || tryLoad(StandIn(name));
        }
    }

    /// <summary>The file of a library's stand-in: "libcaffesharp-without-gtk-3.so" for "libgtk-3.so.0".</summary>
    internal static string StandIn(string name) =>
        $"libcaffesharp-without-{name["lib".Length..name.IndexOf(".so.", StringComparison.Ordinal)]}.so";

    private static bool TryLoad(string name) => NativeLibrary.TryLoad(
        name, typeof(DesktopLibraries).Assembly, DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories, out _);
}
