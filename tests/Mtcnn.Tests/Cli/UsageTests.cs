using Mtcnn.Tests.Cli.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>The help, and the errors for invalid arguments.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("detect x.jpg --profile fast", "There is no profile \"fast\". The profiles are authors and mtcnn-caffe.")]
    [InlineData("detect x.jpg --format xml", "Argument 'xml' not recognized. Must be one of:")]
    [InlineData("detect x.jpg --select best", "Argument 'best' not recognized. Must be one of:")]
    [InlineData("detect x.jpg --min-face 0", "--min-face must be a number of at least 6 (got \"0\").")]
    [InlineData("detect x.jpg --min-face twenty", "--min-face must be a number of at least 6 (got \"twenty\")")]
    [InlineData("detect x.jpg --min-face NaN", "--min-face must be a number of at least 6 (got \"NaN\")")]
    [InlineData("detect x.jpg --max-face -3", "--max-face must be a number above 0 (got \"-3\").")]
    [InlineData("detect x.jpg --min-face 40 --max-face 20", "--max-face (20) must be at least --min-face (40).")]
    [InlineData("detect x.jpg --max-faces 0", "--max-faces must be a whole number of at least 1 (got \"0\").")]
    [InlineData("detect x.jpg --factor 1", "--factor must be a number above 0 and at most 0.95 (got \"1\").")]
    [InlineData("detect x.jpg --thresholds 0.6,0.7", "--thresholds must be three numbers from 0 to 1, separated by commas (got \"0.6,0.7\").")]
    [InlineData("detect x.jpg --thresholds 0.6,0.7,1.5", "(got \"0.6,0.7,1.5\")")]
    [InlineData("detect x.jpg --thresholds a,b,c", "(got \"a,b,c\")")]
    [InlineData("detect x.jpg --device tpu", "'tpu' is not a device. Devices are cpu, gpu and gpu:N")]
    [InlineData("detect x.jpg --align-size 1", "--align-size must be a whole number from 16 to 4096 (got \"1\").")]
    [InlineData("detect x.jpg -j 0", "--jobs must be a whole number from 1 to 1024 (got \"0\").")]
    [InlineData("detect x.jpg -j two", "--jobs must be a whole number from 1 to 1024 (got \"two\").")]
    [InlineData("detect x.jpg --jobs", "Required argument missing for option: '--jobs'")]
    [InlineData("detect x.jpg --fromat csv", "There is no option \"--fromat\".")]
    [InlineData("detect - -", "\"-\" is given twice")]
    [InlineData("detect", "Required argument missing for command: 'detect'.")]
    [InlineData("", "Required command was not provided.")]
    [InlineData("detcet x.jpg", "'detcet'")]
    [InlineData("compare x.jpg --tolerance -1", "--tolerance must be a number above 0 (got \"-1\").")]
    [InlineData("models fetch 13net", "There is no model named \"13net\"; there are 12net, 24net, 48net")]
    public void Invalid_arguments_are_refused_with_a_message(string arguments, string message)
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
    public void Defaults_in_the_help_of_all_commands_are_values_that_the_options_accept()
    {
        IReadOnlyList<HelpDefault> defaults = HelpDefault.OfAllCommands();

        Assert.Contains(new HelpDefault("detect", "--shard", "i/n", "1/1"), defaults);
        Assert.Contains(new HelpDefault("time", "--phase", "train|test", "train"), defaults);
        Assert.All(defaults, found => Assert.True(found.IsAccepted, found.ToString()));
    }

    [Fact]
    public void Version_when_asked_for_is_that_of_the_build()
    {
        string version = typeof(global::Mtcnn.Detection.FaceDetector).Assembly.GetName().Version!.ToString(fieldCount: 3);

        Assert.StartsWith(version, MtcnnCommand.Run("--version").Expecting(0).Output, StringComparison.Ordinal);
    }
}
