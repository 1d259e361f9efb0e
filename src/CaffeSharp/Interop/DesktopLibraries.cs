using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>
/// The desktop's libraries without which OpenCvSharp's native library cannot be loaded, though only OpenCV's windows call them. Where the
/// machine lacks one, a stand-in (native/desktop) with the same name for the linker is loaded in its place.
/// </summary>
internal static class DesktopLibraries
{
    /// <summary>By their names for the linker, each after those that it needs itself.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        "libatomic.so.1", "libdrm.so.2", "libfreetype.so.6", "libglib-2.0.so.0", "libgobject-2.0.so.0", "libgio-2.0.so.0", "libX11.so.6",
        "libharfbuzz.so.0", "libcairo.so.2", "libcairo-gobject.so.2", "libgdk_pixbuf-2.0.so.0", "libpango-1.0.so.0",
        "libpangocairo-1.0.so.0", "libatk-1.0.so.0", "libgdk-3.so.0", "libgtk-3.so.0",
    ];

    /// <summary>Loads each of them, or else its stand-in from beside the native half. What is in neither place stays missing:
    /// loading OpenCV then says so.</summary>
    internal static void Provide()
    {
        IReadOnlyList<string> folders = NativeLibrarySearch.CurrentFolders;
        foreach (string name in Names.Where(name => !NativeLibrary.TryLoad(name, out _)))
        {
            _ = folders.Select(folder => Path.Combine(folder, StandIn(name)))
                .FirstOrDefault(file => File.Exists(file) && NativeLibrary.TryLoad(file, out _));
        }
    }

    /// <summary>The file of a library's stand-in: "libcaffesharp-without-gtk-3.so" for "libgtk-3.so.0".</summary>
    internal static string StandIn(string name) =>
        $"libcaffesharp-without-{name["lib".Length..name.IndexOf(".so.", StringComparison.Ordinal)]}.so";
}
