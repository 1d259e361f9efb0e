using System.Text.Json;

using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn detect` when it receives a signal, or when its reader exits.</summary>
public sealed class DetectInterruptionTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    // Far more images than can be processed before the signal arrives.
    private static string[] Photos => [.. Enumerable.Repeat(SharedFiles.Image("dlib-faces/2008_002470.jpg"), 2000)];

    [Theory]
    [InlineData(Interrupt, 130, "1")]
    [InlineData(Interrupt, 130, "4")]
    [InlineData(Terminate, 143, "2")]
    public void Lines_when_a_signal_comes_are_whole_and_what_is_done_is_there(int signal, int exitCode, string jobs)
    {
        CommandResult result = new MtcnnCommand()
            .RunAndSignal(signal, afterLines: 3, ["detect", .. Photos, "-j", jobs])
            .Expecting(exitCode);

        Assert.InRange(result.Objects.Length, 3, Photos.Length / 2);
        Assert.All(result.Objects, item => Assert.True(item.GetProperty("faces").GetArrayLength() > 0));
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void Json_when_a_signal_comes_is_a_whole_array()
    {
        CommandResult result = new MtcnnCommand()
            .RunAndSignal(Interrupt, afterLines: 3, ["detect", .. Photos, "--format", "json"])
            .Expecting(130);

        Assert.InRange(JsonElement.Parse(result.Output).GetArrayLength(), 2, Photos.Length / 2);
    }

    [Fact]
    public void Standard_input_when_it_never_ends_is_waited_for_until_a_signal_comes()
    {
        using ImageFolder folder = new();
        MtcnnCommand command = new()
        {
            // A pipe that is opened for writing as well never ends.
            Program =
            [
                "bash", "-c", $"mkfifo '{folder.At("pipe")}'; timeout --foreground --signal=INT 8 \"$0\" \"$@\" <> '{folder.At("pipe")}'", MtcnnCommand.Executable,
            ],
        };

        // The exit code 124 of timeout means that the signal ended the command.
        CommandResult result = command.RunWith("detect", "-", "--format", "json").Expecting(124);

        Assert.Equal("[]\n", result.Output);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void Output_when_its_reader_goes_away_ends_the_command_quietly()
    {
        MtcnnCommand command = new()
        {
            Program = ["bash", "-c", "\"$0\" \"$@\" | head -n 1; exit \"${PIPESTATUS[0]}\"", MtcnnCommand.Executable],
        };

        CommandResult result = command.RunWith(["detect", .. Photos]).Expecting(141);

        Assert.Single(result.Lines);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void Output_when_the_disk_is_full_is_an_error_in_words()
    {
        MtcnnCommand command = new() { Program = ["bash", "-c", "\"$0\" \"$@\" > /dev/full", MtcnnCommand.Executable] };

        CommandResult result = command.RunWith("detect", SharedFiles.Image(ImageFolder.TwoFaces)).Expecting(2);

        Assert.StartsWith("mtcnn: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("No space left on device", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_when_appended_to_a_file_keeps_its_content()
    {
        using ImageFolder folder = new();
        MtcnnCommand command = new()
        {
            Program = ["bash", "-c", $"{{ echo first; \"$0\" \"$@\"; echo last; }} > '{folder.At("out")}'", MtcnnCommand.Executable],
        };

        command.RunWith("detect", SharedFiles.Image(ImageFolder.TwoFaces), SharedFiles.Image("dlib-faces/2009_004587.jpg")).Expecting(0);

        string[] lines = File.ReadAllLines(folder.At("out"));
        Assert.Equal(4, lines.Length);
        Assert.Equal("first", lines[0]);
        Assert.All(lines[1..3], line => Assert.Equal(2, JsonElement.Parse(line).GetProperty("faces").GetArrayLength()));
        Assert.Equal("last", lines[3]);
    }
}
