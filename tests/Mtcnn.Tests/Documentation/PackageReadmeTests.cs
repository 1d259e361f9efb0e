using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Documentation;

/// <summary>The READMEs of the packages for detection show code that compiles.</summary>
public sealed class PackageReadmeTests
{
    [Theory]
    [InlineData("Mtcnn.Core", "CoreReadme.cs")]
    [InlineData("Mtcnn", "MtcnnReadme.cs")]
    public void The_example_of_a_package_is_the_code_that_is_compiled_here(string package, string file)
    {
        string[] compiled = LinesOf($"tests/Mtcnn.Tests/Documentation/{file}");
        string[] readme = LinesOf($"src/{package}/README.md");
        int first = Array.IndexOf(readme, "```csharp") + 1;
        string[] example = readme[first..Array.IndexOf(readme, "```", first)];
        int blank = Array.IndexOf(example, "");
        int body = Array.FindIndex(compiled, line => line.EndsWith("Run()", StringComparison.Ordinal) || line.EndsWith("RunAsync()", StringComparison.Ordinal)) + 2;

        Assert.InRange(example.Count(line => line.Length > 0), 10, 16);
        Assert.Equal(example[..blank], compiled.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal)));
        Assert.Equal(example[(blank + 1)..], compiled[body..^2]);
    }

    private static string[] LinesOf(string path) => [.. File.ReadLines(Path.Combine(SharedFiles.Repository, path)).Select(line => line.Trim())];
}
