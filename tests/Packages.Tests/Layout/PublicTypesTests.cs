namespace Packages.Tests.Layout;

public sealed class PublicTypesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Mtcnn.Core", 40)]
    [InlineData("Mtcnn", 40)]
    public void Public_types_of_a_package_when_counted_then_can_be_read_in_one_sitting(string package, int most)
    {
        using PackageAssembly assembly = PackageAssembly.Open(package);
        IReadOnlyList<string> types = assembly.PublicTypes();

        Assert.True(types.Count <= most, $"{package} has {types.Count} public types, and may have {most}:\n{string.Join('\n', types)}");
    }

    [Fact]
    public void Public_types_of_every_package_when_counted_then_make_a_table()
    {
        output.WriteLine("| package | public types |\n| --- | ---: |");
        foreach (string package in PackageAssembly.Names)
        {
            using PackageAssembly assembly = PackageAssembly.Open(package);
            IReadOnlyList<string> types = assembly.PublicTypes();
            output.WriteLine($"| {package} | {types.Count} |");

            // Only the command is a program.
            Assert.Equal(package != "Mtcnn.Cli", types.Count > 0);
        }
    }
}
