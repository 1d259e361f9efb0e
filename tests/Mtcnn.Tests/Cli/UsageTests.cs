using Mtcnn.Tests.Cli.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>Help, and what is said to arguments that make no sense.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("detect x.jpg --profile fast", "There is no profile \"fast\". The profiles are authors and mtcnn-caffe.")]
    [InlineData("detect x.jpg --format xml", "Argument 'xml' not recognized. Must be one of:")]
    [InlineData("detect x.jpg --select best", "Argument 'best' not recognized. Must be one of:")]
    [InlineData("detect x.jpg --min-face 0", "\"0\" is not the side of a face in pixels: a number of at least 6 is.")]
    [InlineData("detect x.jpg --min-face twenty", "\"twenty\" is not the side of a face in pixels")]
    [InlineData("detect x.jpg --min-face NaN", "\"NaN\" is not the side of a face in pixels")]
    [InlineData("detect x.jpg --max-face -3", "\"-3\" is not the side of a face in pixels: a number above 0 is.")]
    [InlineData("detect x.jpg --min-face 40 --max-face 20", "--max-face 20 is below --min-face 40: no face is in between.")]
    [InlineData("detect x.jpg --max-faces 0", "\"0\" is not a number of faces: a whole number of at least 1 is.")]
    [InlineData("detect x.jpg --factor 1", "\"1\" is not a step of the pyramid: a number above 0 and at most 0.95 is.")]
    [InlineData("detect x.jpg --thresholds 0.6,0.7", "\"0.6,0.7\" are not thresholds: three numbers from 0 to 1")]
    [InlineData("detect x.jpg --thresholds 0.6,0.7,1.5", "\"0.6,0.7,1.5\" are not thresholds")]
    [InlineData("detect x.jpg --thresholds a,b,c", "\"a,b,c\" are not thresholds")]
    [InlineData("detect x.jpg --device tpu", "'tpu' is not a device. Devices are cpu, gpu and gpu:N")]
    [InlineData("detect x.jpg --align-size 1", "\"1\" is not the side of an aligned face in pixels: a whole number from 16 to 4096 is.")]
    [InlineData("detect x.jpg -j 0", "\"0\" is not a number of images at a time: a whole number from 1 to 1024 is.")]
    [InlineData("detect x.jpg -j two", "\"two\" is not a number of images at a time")]
    [InlineData("detect x.jpg --jobs", "Required argument missing for option: '--jobs'")]
    [InlineData("detect x.jpg --fromat csv", "There is no option \"--fromat\".")]
    [InlineData("detect - -", "\"-\" is given twice")]
    [InlineData("detect", "Required argument missing for command: 'detect'.")]
    [InlineData("", "Required command was not provided.")]
    [InlineData("detcet x.jpg", "'detcet'")]
    [InlineData("compare x.jpg --tolerance -1", "\"-1\" is not a tolerance: a number above 0 is.")]
    [InlineData("models fetch 13net", "There is no model named \"13net\"; there are 12net, 24net, 48net")]
    public void Arguments_when_they_make_no_sense_are_refused_in_words(string arguments, string message)
    {
        CommandResult result = MtcnnCommand.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Expecting(2);

        Assert.Empty(result.Output);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("detect")]
    [InlineData("compare")]
    [InlineData("evaluate")]
    [InlineData("models")]
    [InlineData("inspect")]
    [InlineData("time")]
    public void Help_when_asked_for_shows_options_and_examples(string command)
    {
        string help = MtcnnCommand.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Expecting(0).Output;

        Assert.Contains($"mtcnn {command}".TrimEnd(), help, StringComparison.Ordinal);
        Assert.Contains("Options:", help, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  mtcnn ", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_when_asked_for_is_that_of_the_build()
    {
        string version = typeof(global::Mtcnn.Detection.FaceDetector).Assembly.GetName().Version!.ToString(fieldCount: 3);

        Assert.StartsWith(version, MtcnnCommand.Run("--version").Expecting(0).Output, StringComparison.Ordinal);
    }
}
