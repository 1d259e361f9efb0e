using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Training;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn train` of one net.</summary>
public sealed class TrainTests(SmallCropsFixture crops) : IClassFixture<SmallCropsFixture>, IDisposable
{
    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_leaves_weights_log_curves_and_a_summary()
    {
        CommandResult result = MtcnnCommand.Run(
            "train", "12net", "--data", crops.Folder(12), "--out", _folder.At("out"), "--iterations", "60", "--validate-every", "20", "--hold-out", "0.2",
            "--shares", "2,1,1,0", "--hard-share", "0.7", "--solver", "SGD", "--rate", "0.01", "--policy", "step", "--brightness", "0.1").Expecting(0);

        Assert.Equal(_folder.At("out/12net.caffemodel"), result.Output.Split('\n')[0]);
        Assert.Contains("mtcnn: 20: loss ", result.Errors, StringComparison.Ordinal);
        foreach (string file in new[] { "12net.caffemodel", "log.csv", "losses.svg", "losses.png", "rates.csv", "options.json", "training.json" })
        {
            Assert.True(new FileInfo(_folder.At($"out/{file}")).Length > 0, file);
        }

        Assert.Equal(4, File.ReadAllLines(_folder.At("out/log.csv")).Length);
        Assert.Contains("\"gamma\": 0.1", File.ReadAllText(_folder.At("out/options.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_when_a_signal_comes_leaves_a_snapshot_from_which_the_same_command_continues()
    {
        string[] arguments = ["train", "12net", "--data", crops.Folder(12), "--out", _folder.At("out"), "--validate-every", "20", "--hold-out", "0.2"];
        MtcnnCommand command = new()
        {
            // A shell's background processes ignore SIGINT. The output of an earlier run must not be mistaken for the output of this run.
            Program =
            [
                "bash", "-c",
                $"rm -f '{_folder.At("err")}'; env --default-signal=INT \"$0\" \"$@\" 2> '{_folder.At("err")}' & until grep -qs ': loss' '{_folder.At("err")}' || ! kill -0 $!; do sleep 0.1; done; kill -INT $!; wait $!",
                MtcnnCommand.Executable,
            ],
        };

        command.RunWith([.. arguments, "--iterations", "1000000"]).Expecting(130);

        Assert.Contains("mtcnn: snapshot ", File.ReadAllText(_folder.At("err")), StringComparison.Ordinal);
        CommandResult other = MtcnnCommand.Run([.. arguments, "--iterations", "2000000"]).Expecting(2);
        Assert.Contains("iterations was 1000000 and is 2000000.\nUse the same options to continue it", other.Errors, StringComparison.Ordinal);
        command.RunWith([.. arguments, "--iterations", "1000000"]).Expecting(130);
        Assert.Contains("mtcnn: resumes at iteration ", File.ReadAllText(_folder.At("err")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24net", "its crops were prepared for 12net, not for 24net")]
    [InlineData("13net", "Argument '13net' not recognized")]
    [InlineData("12net --shares 3,1", "--shares must be NEG,POS,PART,LANDMARK: 4 numbers of at least 0, separated by commas (got \"3,1\").")]
    [InlineData("12net --steps 0.5,0.2", "--steps must be increasing shares of the training")]
    [InlineData("12net --hard-share 2", "--hard-share must be a number above 0 and at most 1 (got \"2\").")]
    [InlineData("12net --solver Eve", "Eve")]
    [InlineData("12net --weights no.caffemodel", "no.caffemodel")]
    [InlineData("12net --data nowhere", "nowhere")]
    [InlineData("12net --rate 1e9 --solver SGD --policy fixed", "train12: iteration ")]
    public void Arguments_and_crops_that_do_not_fit_are_refused_in_words(string arguments, string message)
    {
        CommandResult result = MtcnnCommand.Run(
            ["train", .. arguments.Split(' '), "--data", crops.Folder(12), "--out", _folder.At("out"), "--iterations", "200"]).Expecting(2);

        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of mtcnn", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}
