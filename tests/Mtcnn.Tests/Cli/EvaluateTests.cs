using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn evaluate`.</summary>
public sealed class EvaluateTests
{
    [Fact]
    public void Annotated_photos_when_evaluated_give_the_published_figures()
    {
        string folder = SharedFiles.Of("images/dlib-faces");

        string[] lines = MtcnnCommand.Run("evaluate", folder, "--refine").Expecting(0).Lines;

        string[] cells = [.. lines[3].Trim('│').Split('│').Select(cell => cell.Trim())];
        Assert.Equal([folder, "9", "43", "43", "0", "1.000", "0", "0.000"], cells[..8]);
        Assert.StartsWith("0.049", cells[8], StringComparison.Ordinal);
    }

    [Fact]
    public void Annotations_when_missing_are_named()
    {
        CommandResult result = MtcnnCommand.Run("evaluate", "/no/faces.csv").Expecting(2);

        Assert.Empty(result.Output);
        Assert.Equal("mtcnn: /no/faces.csv: there is no such file or folder.\n", result.Errors);
    }
}
