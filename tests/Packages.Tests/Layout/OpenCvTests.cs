using System.Text.Json;
using CaffeSharp.Tests.Support;

namespace Packages.Tests.Layout;

/// <summary>OpenCV's native library has over 100 MB: who has pixels already does not carry it.</summary>
public sealed class OpenCvTests
{
    private const string Name = "OpenCvSharp";

    [Theory]
    [InlineData("CaffeSharp")]
    [InlineData("Mtcnn.Core")]
    public void Files_of_a_package_without_OpenCv_when_searched_then_do_not_name_it(string package)
    {
        string folder = Repository.Folder("src", package);

        IEnumerable<string> found = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(Name, StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Repository.Root, file));

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("CaffeSharp")]
    [InlineData("Mtcnn.Core")]
    public void Packages_that_come_with_a_package_without_OpenCv_when_restored_then_are_not_OpenCvs(string package)
    {
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(Repository.Folder("build", "dotnet", "obj", package, "project.assets.json")));

        string[] libraries = [.. assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name)];

        Assert.Contains(libraries, library => library.StartsWith("Google.Protobuf/", StringComparison.Ordinal));
        Assert.DoesNotContain(libraries, library => library.StartsWith(Name, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Packages_that_come_with_Mtcnn_when_restored_then_are_OpenCvs_too()
    {
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(Repository.Folder("build", "dotnet", "obj", "Mtcnn", "project.assets.json")));

        Assert.Contains(assets.RootElement.GetProperty("libraries").EnumerateObject(), library => library.Name.StartsWith("OpenCvSharp4/", StringComparison.Ordinal));
    }
}
