using System.Text.Json;

using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn detect --shard --output`: many photos by several processes, any of which may be killed.</summary>
public sealed class DetectShardsTests : IDisposable
{
    private static readonly string[] Shards = ["1/3", "2/3", "3/3"];

    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parts_when_killed_and_begun_again_hold_each_photo_once_and_the_faces_of_a_whole_run()
    {
        AddPhotos(60);
        _folder.Write("photos/broken.jpg", [1, 2, 3]);
        string[] whole = MtcnnCommand.Run("detect", _folder.At("photos")).Expecting(1).Lines;

        foreach (string shard in Shards)
        {
            string output = OutputOf(shard);
            RunAndKill(output, "detect", _folder.At("photos"), "--shard", shard, "--output", output);
            string[] before = File.ReadAllLines(output);
            // A run that was killed while writing a line.
            File.AppendAllText(output, before[^1][..20]);

            CommandResult result = MtcnnCommand.Run("detect", _folder.At("photos"), "--shard", shard, "--output", output);

            Assert.Contains($"{output} already contains {before.Length} of ", result.Errors, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadLines(output).Take(before.Length));
            Assert.InRange(before.Length, 3, 19);
            Assert.Empty(result.OutputBytes);
        }

        Assert.Equal([21, 20, 20], Shards.Select(shard => File.ReadAllLines(OutputOf(shard)).Length));
        Assert.Equal(whole.Order(StringComparer.Ordinal), Shards.SelectMany(shard => File.ReadLines(OutputOf(shard))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_whole_file_when_asked_for_again_stays_and_its_failures_are_reported_again()
    {
        AddPhotos(2);
        _folder.Write("photos/broken.jpg", [1, 2, 3]);
        string output = _folder.At("faces.jsonl");
        string[] arguments = ["detect", _folder.At("photos"), _folder.At("photos/0.jpg"), "--output", output];
        MtcnnCommand.Run(arguments).Expecting(1);
        byte[] written = File.ReadAllBytes(output);

        CommandResult again = MtcnnCommand.Run(arguments).Expecting(1);

        Assert.Equal($"mtcnn: {output} already contains 4 of 4 images.\nmtcnn: 1 of 4 images failed.\n", again.Errors);
        Assert.Equal(written, File.ReadAllBytes(output));

        _folder.Add("photos/new.jpg");
        MtcnnCommand.Run(arguments).Expecting(1);
        string[] lines = File.ReadAllLines(output);
        Assert.Equal(5, lines.Length);
        Assert.Equal(_folder.At("photos/new.jpg"), JsonElement.Parse(lines[4]).GetProperty("image").GetString());
    }

    [Fact]
    public void A_file_that_another_process_writes_to_is_refused()
    {
        AddPhotos(1);
        string output = _folder.At("faces.jsonl");
        using FileStream held = new(output, FileMode.Create, FileAccess.Write, FileShare.None);

        CommandResult result = MtcnnCommand.Run("detect", _folder.At("photos"), "--output", output).Expecting(2);

        Assert.StartsWith($"mtcnn: {output} cannot be written: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("no other mtcnn process is writing", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"image\":\"a.jpg\",\"faces\":[]}\nnotes\n", "(2): this is not a line that `mtcnn detect` wrote")]
    [InlineData("[1]\n", "(1): this is not a line that `mtcnn detect` wrote")]
    [InlineData("{\"file\":\"a.jpg\"}\n", "(1): this is not a line that `mtcnn detect` wrote")]
    [InlineData("a text without an end", "(1): this is not a line that `mtcnn detect` wrote")]
    public void A_file_of_something_else_is_refused_and_left_as_it_is(string content, string message)
    {
        AddPhotos(1);
        string output = _folder.At("faces.jsonl");
        File.WriteAllText(output, content);

        CommandResult result = MtcnnCommand.Run("detect", _folder.At("photos"), "--output", output).Expecting(2);

        Assert.StartsWith($"mtcnn: {output}{message}", result.Errors, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(output));
    }

    [Fact]
    public void A_full_disk_is_an_error_in_words_and_the_same_command_continues_when_there_is_room()
    {
        AddPhotos(12);
        string output = _folder.At("faces.jsonl");
        string[] arguments = ["detect", _folder.At("photos"), "--output", output];
        CommandResult full = MtcnnCommand.WithRoomFor(kilobytes: 1).RunWith(arguments).Expecting(2);
        MtcnnCommand.Run(arguments).Expecting(0);

        Assert.StartsWith($"mtcnn: {output} cannot be written: ", full.Errors, StringComparison.Ordinal);
        Assert.EndsWith("run the same command again to continue.\n", full.Errors, StringComparison.Ordinal);
        Assert.Equal(MtcnnCommand.Run("detect", _folder.At("photos")).Lines, File.ReadAllLines(output));
    }

    [Theory]
    [InlineData("--shard 0/3", "Invalid shard \"0/3\". Use i/n with 1 <= i <= n.")]
    [InlineData("--shard 4/3", "Invalid shard \"4/3\".")]
    [InlineData("--shard 2", "Invalid shard \"2\".")]
    [InlineData("--output faces.csv --format csv", "--output faces.csv cannot be combined with --format csv: it writes lines of JSON.")]
    [InlineData("--output /dev/null", "/dev/null cannot be read and rewritten")]
    [InlineData("--output /none/faces.jsonl", "/none/faces.jsonl cannot be written")]
    public void Bad_usage_says_what_is_wrong(string arguments, string message) =>
        Assert.Contains(
            message, MtcnnCommand.Run(["detect", SharedFiles.Image(ImageFolder.TwoFaces), .. arguments.Split(' ')]).Expecting(2).Errors, StringComparison.Ordinal);

    private void AddPhotos(int count)
    {
        for (int index = 0; index < count; index++)
        {
            _folder.Add($"photos/{index}.jpg");
        }
    }

    private string OutputOf(string shard) => _folder.At($"faces-{shard[0]}.jsonl");

    /// <summary>Kills the command with SIGKILL after it has written three lines.</summary>
    private static void RunAndKill(string output, params string[] arguments) => new MtcnnCommand
    {
        Program =
        [
            "bash", "-c",
            $"\"$0\" \"$@\" -j 1 & until [ -f '{output}' ] && [ $(wc -l < '{output}') -ge 3 ]; do sleep 0.002; done; kill -KILL $!; wait $!",
            MtcnnCommand.Executable,
        ],
    }.RunWith(arguments).Expecting(137);
}
