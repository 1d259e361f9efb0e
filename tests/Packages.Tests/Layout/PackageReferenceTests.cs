namespace Packages.Tests.Layout;

public sealed class PackageReferenceTests
{
    // A package refers to packages with a lower number only.
    private static readonly Dictionary<string, int> s_levels = new()
    {
        ["CaffeSharp"] = 0,
        ["CaffeSharp.Imaging"] = 1,
        ["CaffeSharp.Onnx"] = 1,
        ["Mtcnn.Core"] = 1,
        ["Mtcnn"] = 2,
        ["Mtcnn.Training"] = 3,
        ["Mtcnn.Extensions"] = 3,
        ["Mtcnn.Cli"] = 4,
    };

    public static TheoryData<string> Packages => [.. PackageAssembly.Names];

    [Theory]
    [MemberData(nameof(Packages))]
    public void References_of_a_package_when_compiled_then_point_down(string package)
    {
        using PackageAssembly assembly = PackageAssembly.Open(package);

        Assert.All(assembly.References(), reference =>
            Assert.True(s_levels[reference] < s_levels[package], $"{package} refers to {reference}, which is not below it."));
    }
}
