using System.Globalization;
using System.Runtime.InteropServices;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Interop;

/// <summary>What a user reads when the native half does not exist or does not fit.</summary>
[Collection(AloneCollection.Name)]
public sealed class LibraryLoadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_library_lists_every_path_and_how_to_build_it()
    {
        IReadOnlyList<string> candidates = NativeLibrarySearch.Candidates(null, null, NativeLibrarySearch.Folders(_folder.Path, []));
        NativeLibraryException error = Assert.Throws<NativeLibraryException>(
            () => NativeLibraryLoader.Open([.. candidates.Where(Path.IsPathRooted)]));

        Assert.Contains($"{_folder.File("libcaffesharp.so")}: no such file", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"{_folder.File("runtimes/linux-x64/native/libcaffesharp.so")}: no such file", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("./build.sh build", error.Message, StringComparison.Ordinal);
        Assert.Contains("CAFFESHARP_LIBRARY", error.Message, StringComparison.Ordinal);
        Assert.Contains("CaffeRuntime.NativeLibraryPath", error.Message, StringComparison.Ordinal);
        Assert.Equal(candidates.Where(Path.IsPathRooted), error.TriedPaths);
        Assert.Empty(error.MissingDependencies);
    }

    [Fact]
    public void Search_goes_from_the_program_to_its_packages_to_the_system_and_not_to_folders_above()
    {
        string program = Repository.Folder("build", "dotnet");
        Assert.Equal(
            [
                Path.Combine(program, "libcaffesharp.so"),
                Path.Combine(program, "runtimes", "linux-x64", "native", "libcaffesharp.so"),
                "/packages/runtime/libcaffesharp.so",
                "libcaffesharp.so",
            ],
            NativeLibrarySearch.Candidates(null, null, NativeLibrarySearch.Folders(program, [program + "/", "/packages/runtime"])));
    }

    [Fact]
    public void Configured_place_is_the_only_one_tried()
    {
        string file = _folder.File("mine.so");
        Assert.Equal([file], NativeLibrarySearch.Candidates(file, "/elsewhere.so", [_folder.Path]));
        Assert.Equal([file], NativeLibrarySearch.Candidates(null, file, ["/program"]));
        Assert.Equal([_folder.File("libcaffesharp.so")], NativeLibrarySearch.Candidates(_folder.Path, null, ["/program"]));
    }

    [Fact]
    public void File_that_is_not_a_library_is_refused()
    {
        string file = _folder.Write("libcaffesharp.so", "not a library");
        NativeLibraryException error = Assert.Throws<NativeLibraryException>(() => NativeLibraryLoader.Open([file]));
        Assert.Contains($"{file}: ", error.Message, StringComparison.Ordinal);
        Assert.Matches("file too short|invalid ELF header", error.Message);
    }

    [Fact]
    public void Folder_in_place_of_the_library_is_said_to_be_one()
    {
        NativeLibraryException error =
            Assert.Throws<NativeLibraryException>(() => NativeLibraryLoader.Open([_folder.Path]));
        Assert.Contains($"{_folder.Path}: is a folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_dependencies_are_named_all_with_their_packages()
    {
        string missing = Compile("libsnappy.so.1", "int snappy(void) { return 1; }", "-Wl,-soname,libsnappy.so.77");
        string other = Compile("libnosuch.so", "int nosuch(void) { return 2; }", "-Wl,-soname,libnosuch.so.5");
        string library = Compile(
            "libcaffesharp.so", "int snappy(void); int nosuch(void); int both(void) { return snappy() + nosuch(); }",
            missing, other);
        File.Delete(missing);
        File.Delete(other);

        NativeLibraryException error = Assert.Throws<NativeLibraryException>(() => NativeLibraryLoader.Open([library]));

        Assert.Equal(["libsnappy.so.77", "libnosuch.so.5"], error.MissingDependencies);
        Assert.Contains(
            $"{library}: needs libsnappy.so.77, libnosuch.so.5, which this machine does not have", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("sudo apt-get install libsnappy77 libnosuch5", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libprotobuf.so.32", "libprotobuf32")]
    [InlineData("libboost_thread.so.1.74.0", "libboost-thread1.74.0")]
    [InlineData("liblmdb.so.0", "liblmdb0")]
    [InlineData("libopenblas.so.0", "libopenblas0-pthread")]
    [InlineData("libhdf5_serial.so.103", "libhdf5-103-1")]
    [InlineData("libhdf5_serial_hl.so.100", "libhdf5-hl-100")]
    [InlineData("libleveldb.so.1d", "libleveldb1d")]
    [InlineData("libsnappy.so.1", "libsnappy1v5")]
    public void Package_of_a_library_is_debians(string library, string package) =>
        Assert.Equal(package, MissingDependencies.Package(library));

    [Theory]
    [InlineData(0, "The native half is older: rebuild it with ./build.sh build.")]
    [InlineData(99, "CaffeSharp.dll is older: rebuild or update the .NET half.")]
    public void Interface_of_another_version_says_which_half_to_rebuild(int version, string fix)
    {
        string library = Compile(
            $"libcaffesharp-{version.ToString(CultureInfo.InvariantCulture)}.so",
            $"int caffe_runtime_abi_version(int* version) {{ *version = {version}; return 0; }}");
        NativeLibraryException error = Assert.Throws<NativeLibraryException>(() => NativeLibraryLoader.Open([library]));
        Assert.Equal(
            $"{library} has interface version {version}, and this assembly requires version 1. {fix}", error.Message);
    }

    [Fact]
    public void Another_library_under_the_name_is_found_out()
    {
        string library = Compile("libcaffesharp.so", "int something_else(void) { return 1; }");
        NativeLibraryException error = Assert.Throws<NativeLibraryException>(() => NativeLibraryLoader.Open([library]));
        Assert.Contains(
            $"{library} is not CaffeSharp's native half: it exports no caffe_runtime_abi_version", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void First_library_that_can_be_loaded_is_taken()
    {
        string broken = _folder.Write("broken.so", "not a library");
        LoadedLibrary loaded = NativeLibraryLoader.Open([_folder.File("none.so"), broken, CaffeRuntime.NativeLibraryFile]);
        Assert.Equal(CaffeRuntime.NativeLibraryFile, loaded.Path);
        NativeLibrary.Free(loaded.Handle);
    }

    [Fact]
    public void Naming_the_library_after_it_was_loaded_is_refused()
    {
        string loaded = CaffeRuntime.NativeLibraryFile;
        InvalidOperationException error =
            Assert.Throws<InvalidOperationException>(() => CaffeRuntime.NativeLibraryPath = _folder.Path);
        Assert.StartsWith($"{loaded} is loaded already.", error.Message, StringComparison.Ordinal);
        Assert.Null(CaffeRuntime.NativeLibraryPath);
    }

    private string Compile(string name, string code, params string[] options)
    {
        string source = _folder.Write(name + ".c", code);
        string output = _folder.File(name);
        ToolRun.Output(
            ToolRun.First("Install one: sudo apt-get install gcc", "cc", "gcc", "clang-14"),
            ["-shared", "-fPIC", "-o", output, source, .. options]);
        return output;
    }
}
