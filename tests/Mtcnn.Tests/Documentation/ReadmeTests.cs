using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Documentation;

/// <summary>The README of a package shows code that compiles.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_example_of_Mtcnn_Training_is_the_code_that_is_compiled_here()
    {
        string[] compiled = [.. File.ReadLines(Path.Combine(SharedFiles.Repository, "tests/Mtcnn.Tests/Documentation/TrainingReadme.cs")).Select(line => line.Trim())];
        string[] lines = File.ReadAllLines(Path.Combine(SharedFiles.Repository, "src/Mtcnn.Training/README.md"));
        int first = Array.IndexOf(lines, "```csharp") + 1;
        string[] example = lines[first..Array.IndexOf(lines, "```", first)];
        int usings = Array.IndexOf(example, "");
        int body = Array.IndexOf(compiled, "{", Array.IndexOf(compiled, "internal static async Task RunAsync()")) + 1;

        Assert.Equal(9, example.Count(line => line.Length > 0));
        Assert.Equal(example[..usings], compiled.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal)));
        Assert.Equal(example[(usings + 1)..], compiled[body..Array.IndexOf(compiled, "}", body)]);
    }
}
