using System.Text.RegularExpressions;
using CaffeSharp;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn prepare`.</summary>
public sealed class PrepareTests : IDisposable
{
    private readonly ImageFolder _folder = new();

    [Fact]
    public void A_list_with_a_missing_photo_is_cut_without_it_and_says_where_it_is_named()
    {
        string list = _folder.At("list.csv");
        string[] rows = [.. File.ReadLines(SharedFiles.Of("data/crowds.csv")).Take(9)];
        File.WriteAllLines(list, [.. rows, "crowds/none.jpg,1,2,30,40,with_mask", rows[1]]);

        CommandResult result = MtcnnCommand.Run(
            "prepare", "12net", list, "--images", SharedFiles.Of("data"), "--out", _folder.At("crops"), "--smallest-face", "14", "--negatives", "10").Expecting(1);

        Assert.Contains($"mtcnn: {list}(10): {SharedFiles.Of("data")}/crowds/none.jpg: there is no such file", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"mtcnn: {list}(11): a face of", result.Errors, StringComparison.Ordinal);
        CropFolder made = CropFolder.Read(_folder.At("crops"));
        Assert.Equal(1, made.UnreadImages);
        Assert.InRange(made.Counts[CropKind.Positive], 1, 20 * 8);
        Assert.InRange(made.Counts[CropKind.Negative], 1, 10 * 8);
        Assert.Contains(result.Lines, line => line.Contains("Positive", StringComparison.Ordinal) && line.Contains($"{made.Counts[CropKind.Positive]}", StringComparison.Ordinal));
    }

    [Fact]
    public void Help_lists_every_format_of_annotations()
    {
        string help = MtcnnCommand.Run("prepare", "--help").Expecting(0).Output;

        Assert.All(AnnotationFormats.All, format => Assert.Matches($"(?m)^  {format.Name} +{Regex.Escape(format.Description)}$", help));
    }

    [Fact]
    public void A_preparation_when_a_signal_comes_continues_with_the_same_command_and_refuses_another()
    {
        string[] arguments = ["prepare", "12net", SharedFiles.Of("data/crowds.csv"), "--out", _folder.At("crops"), "--negatives", "20"];
        MtcnnCommand command = new()
        {
            // A shell's background processes ignore SIGINT.
            Program =
            [
                "bash", "-c",
                $"env --default-signal=INT \"$0\" \"$@\" & until grep -q '\"done\": 64' '{_folder.At("crops/preparing.json")}'; do sleep 0.02; done; kill -INT $!; wait $!",
                MtcnnCommand.Executable,
            ],
        };

        Assert.Contains(" of 285. Run the same command again to continue.", command.RunWith(arguments).Expecting(130).Errors, StringComparison.Ordinal);
        Assert.Contains("options.negativesOfImage was 20 and is 21", MtcnnCommand.Run([.. arguments[..^1], "21"]).Expecting(2).Errors, StringComparison.Ordinal);
        CommandResult result = MtcnnCommand.Run(arguments).Expecting(0);

        Assert.Equal(285, CropFolder.Read(_folder.At("crops")).Images);
        Assert.Equal(result.Output, MtcnnCommand.Run(arguments).Expecting(0).Output);
    }

    [Fact]
    public void A_full_disk_names_the_store_and_the_same_command_continues_when_there_is_room()
    {
        string[] arguments = ["prepare", "12net", SharedFiles.Of("data/crowds.csv"), "--out", _folder.At("crops"), "--negatives", "20"];
        CommandResult full = MtcnnCommand.WithRoomFor(kilobytes: 4000).RunWith(arguments).Expecting(2);
        Assert.Matches($"^mtcnn: {_folder.At("crops")}/(cls|roi): records cannot be written: .*, which may be a full disk\n$", full.Errors);
        Assert.Contains("\"done\": 64", File.ReadAllText(_folder.At("crops/preparing.json")), StringComparison.Ordinal);

        MtcnnCommand.Run(arguments).Expecting(0);
        MtcnnCommand.Run([.. arguments[..3], "--out", _folder.At("whole"), .. arguments[5..]]).Expecting(0);
        Assert.Equal(Keys(CropFolder.Read(_folder.At("whole")).ClassificationPath!), Keys(CropFolder.Read(_folder.At("crops")).ClassificationPath!));
    }

    [Theory]
    [InlineData("12net none.csv --out x", "none.csv: there is no such file or folder")]
    [InlineData("24net none.csv --out x --models /none", "The weights of 12net were not found in /none")]
    [InlineData("16net none.csv --out x", "Argument '16net' not recognized")]
    [InlineData("12net none.csv --out x --part-overlap 2", "--part-overlap must be a number from 0 to 1 (got \"2\")")]
    [InlineData("12net none.csv --out x --negatives 2.5", "--negatives must be a whole number from 0 to 100000 (got \"2.5\")")]
    [InlineData("12net none.csv --out x --all-marked other.csv", "--all-marked names other.csv, which is not one of the sets: none.csv")]
    public void Bad_usage_says_what_is_wrong(string arguments, string message) =>
        Assert.Contains(message, MtcnnCommand.Run(["prepare", .. arguments.Split(' ')]).Expecting(2).Errors, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private static string[] Keys(string store)
    {
        using DatumStore records = DatumStore.Open(store);
        return [.. records.ReadRecords().Select(record => record.Key)];
    }
}
