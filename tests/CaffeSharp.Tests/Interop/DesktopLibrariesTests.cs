using System.Text.RegularExpressions;
using CaffeSharp.Imaging;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Interop;

/// <summary>The stand-ins for the desktop's libraries against the library of OpenCvSharp that requires them.</summary>
public sealed partial class DesktopLibrariesTests
{
    // .NET's own needs, which are there wherever it runs.
    private static readonly string[] s_alwaysThere =
        ["libm.so.6", "librt.so.1", "libpthread.so.0", "libdl.so.2", "libstdc++.so.6", "libgcc_s.so.1", "libc.so.6", "ld-linux-x86-64.so.2"];

    private static string OpenCv { get; } =
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libOpenCvSharpExtern.so");

    [Fact]
    public void Every_library_that_OpenCV_needs_beyond_dotnets_has_a_stand_in()
    {
        IEnumerable<string> needed = Needed().Matches(Objdump("-p", OpenCv)).Select(match => match.Groups[1].Value);
        Assert.Equal(needed.Except(s_alwaysThere).Order(StringComparer.Ordinal), DesktopLibraries.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_function_that_OpenCV_requires_of_the_desktop_is_in_a_stand_in()
    {
        // What is versioned is of glibc and the C++ runtime.
        IEnumerable<string> wanted = Undefined().Matches(ToolRun.Output("nm", "--dynamic", "--undefined-only", OpenCv))
            .Select(match => match.Groups[1].Value)
            // Of a TIFF codec, and of no library that it names: missing everywhere.
            .Where(name => !name.StartsWith("lzma_", StringComparison.Ordinal));
        IEnumerable<string> given = DesktopLibraries.Names.SelectMany(name =>
            Defined().Matches(ToolRun.Output("nm", "--dynamic", "--defined-only", StandIn(name))).Select(match => match.Groups[1].Value));
        Assert.Equal(wanted.Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Stand_in_has_its_librarys_name_for_the_linker_and_another_for_whoever_looks_for_the_library() =>
        Assert.All(DesktopLibraries.Names, name =>
        {
            Assert.StartsWith("libcaffesharp-without-", DesktopLibraries.StandIn(name), StringComparison.Ordinal);
            Assert.Contains($"SONAME               {name}\n", Objdump("-p", StandIn(name)), StringComparison.Ordinal);
        });

    [Fact]
    public void Stand_in_needs_nothing_that_dotnet_does_not() =>
        Assert.All(DesktopLibraries.Names, name =>
            Assert.Empty(Needed().Matches(Objdump("-p", StandIn(name))).Select(match => match.Groups[1].Value).Except(s_alwaysThere)));

    [Fact]
    public void Library_that_is_there_when_OpenCV_is_loaded_then_gets_no_stand_in()
    {
        List<string> loaded = [];

        DesktopLibraries.Provide(name =>
        {
            loaded.Add(name);
            return name is "libfreetype.so.6" or "libX11.so.6";
        });

        Assert.DoesNotContain("libcaffesharp-without-freetype.so", loaded);
        Assert.DoesNotContain("libcaffesharp-without-X11.so", loaded);
        Assert.Equal(DesktopLibraries.Names.Count + (DesktopLibraries.Names.Count - 2), loaded.Count);
        int gtk = loaded.IndexOf("libgtk-3.so.0");
        Assert.Equal("libcaffesharp-without-gtk-3.so", loaded[gtk + 1]);
    }

    [Fact]
    public void No_stand_in_is_in_this_process_for_a_library_that_the_system_has()
    {
        OpenCvLibrary.EnsureLoaded();
        string mapped = File.ReadAllText("/proc/self/maps");
        string known = ToolRun.Output(ToolRun.First("It is part of libc-bin", "ldconfig", "/sbin/ldconfig"), "-p");

        Assert.Contains("libOpenCvSharpExtern.so", mapped, StringComparison.Ordinal);
        Assert.DoesNotContain(
            DesktopLibraries.Names,
            name => known.Contains($"{name} ", StringComparison.Ordinal)
                && mapped.Contains(DesktopLibraries.StandIn(name), StringComparison.Ordinal));
    }

    private static string StandIn(string name) => Repository.Folder("build", "native", DesktopLibraries.StandIn(name));

    private static string Objdump(params string[] arguments) => ToolRun.Output("objdump", arguments);

    [GeneratedRegex(@"^\s*NEEDED\s+(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Needed();

    [GeneratedRegex(@"^\s+U ([^@\s]+)$", RegexOptions.Multiline)]
    private static partial Regex Undefined();

    [GeneratedRegex(@"^[0-9a-f]+ T (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Defined();
}
