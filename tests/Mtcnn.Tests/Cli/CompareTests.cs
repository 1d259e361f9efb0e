using System.Globalization;

using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn compare`, against the original Python binding.</summary>
public sealed class CompareTests
{
    private static string Photo => SharedFiles.Image(ImageFolder.TwoFaces);

    [Theory]
    [InlineData("authors", "caffe")]
    [InlineData("mtcnn-caffe", "caffe")]
    [InlineData("authors", "accelerated")]
    public void Blobs_and_faces_when_compared_with_pycaffe_are_within_the_tolerance(string profile, string engine)
    {
        CommandResult result =
            MtcnnCommand.Run("compare", Photo, "--profile", profile, "--engine", engine, "--refine", "--min-face", "40").Expecting(0);

        foreach ((string net, string blob) in (ReadOnlySpan<(string, string)>)
            [("12net", "prob1"), ("12net", "conv4-2"), ("24net", "conv5-2"), ("48net", "conv6-3"), ("landmarks", "fc5_1")])
        {
            string row = Assert.Single(result.Lines, line => IsRowOf(line, net, blob));
            double[] differences = [.. row.Trim('│').Split('│')[2..5].Select(cell => double.Parse(cell, NumberStyles.Any, CultureInfo.InvariantCulture))];
            Assert.True(differences[0] > 0);
            Assert.InRange(Math.Min(differences[1], differences[2]), 0, 1e-5);
        }

        Assert.Contains("pycaffe: caffe 1.0.0", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"Faces: ([1-9]\d*) from CaffeSharp, \1 from pycaffe, 0 without a counterpart", result.Output);
        Assert.EndsWith("All blobs are within 1.0E-5, absolute or relative to the blob's largest value.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Blobs_when_the_tolerance_is_below_rounding_are_above_it()
    {
        CommandResult result = MtcnnCommand.Run("compare", Photo, "--tolerance", "1e-12", "--min-face", "40").Expecting(1);

        Assert.Contains("above the tolerance", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"\d+ of \d+ blobs are above the tolerance of 1\.0E-12, absolute or relative to the blob's largest value\.\n$", result.Output);
    }

    [Fact]
    public void Images_when_one_is_bad_are_compared_without_it_and_the_exit_code_says_so()
    {
        CommandResult result = MtcnnCommand.Run("compare", SharedFiles.Image("truncated.jpg"), Photo, "--min-face", "40").Expecting(1);

        Assert.Contains($"mtcnn: {SharedFiles.Image("truncated.jpg")}: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("All blobs are within", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Pycaffe_when_missing_is_reported_with_the_fix()
    {
        using InstalledCopy copy = new();
        MtcnnCommand command = copy.Command.With("MTCNN_SHARED", SharedFiles.Root);

        CommandResult result = command.RunWith("compare", Photo).Expecting(2);

        Assert.Empty(result.Output);
        Assert.StartsWith("mtcnn: pycaffe was not found.\nName a Python that can import caffe with --python PATH", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/python", "mtcnn: /no/python cannot be run: ")]
    [InlineData("/bin/false", "mtcnn: /bin/false cannot import a working pycaffe:")]
    public void A_python_when_it_has_no_pycaffe_is_named(string python, string message)
    {
        CommandResult result = MtcnnCommand.Run("compare", Photo, "--python", python).Expecting(2);

        Assert.StartsWith(message, result.Errors, StringComparison.Ordinal);
    }

    private static bool IsRowOf(string line, string net, string blob) =>
        line.Trim('│').Split('│') is [var first, var second, ..] && first.Trim() == net && second.Trim() == blob;
}
