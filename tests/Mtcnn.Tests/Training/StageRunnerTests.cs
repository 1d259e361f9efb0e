using System.Text.Json.Nodes;
using CaffeSharp.Tests.Support;
using Mtcnn.Tests.Support;
using Mtcnn.Training;
using Mtcnn.Training.Stages;

namespace Mtcnn.Tests.Training;

/// <summary>The stages of a run: finished, resumed and refused ones.</summary>
public sealed class StageRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stages_when_done_are_not_done_again()
    {
        CopyStage first = Stage("first", "source"), second = Stage("second", "first");
        Write("source", "data");

        await RunAsync([first, second]);
        List<string> said = await RunAsync([first, second]);

        Assert.Equal((1, 1), (first.Runs, second.Runs));
        Assert.Equal("data", Read("second"));
        Assert.Equal(["first: already done", "second: already done"], said);
    }

    [Fact]
    public async Task A_stage_that_was_stopped_continues_and_those_before_it_are_kept()
    {
        CopyStage first = Stage("first", "source"), second = Stage("second", "first");
        Write("source", "data");
        second.FailsOnce = true;

        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync([first, second]));
        List<string> said = await RunAsync([first, second]);

        Assert.Equal((1, 2), (first.Runs, second.Runs));
        Assert.Equal(["first: already done", "second: resumes"], said);
    }

    [Fact]
    public async Task A_stage_with_other_options_is_refused_with_the_change_and_the_fix()
    {
        CopyStage first = Stage("first", "source");
        Write("source", "data");
        await RunAsync([first]);
        first.Options["rate"] = 0.5;

        RunException error = await Assert.ThrowsAsync<RunException>(() => RunAsync([first]));

        Assert.Contains("the stage first was finished with another configuration or other files: rate was 0.1 and is 0.5.", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("--from first", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, first.Runs);
    }

    [Fact]
    public async Task A_stage_from_another_file_is_refused_until_it_is_done_again_with_what_follows()
    {
        CopyStage first = Stage("first", "source"), second = Stage("second", "first");
        Write("source", "data");
        await RunAsync([first, second]);
        Write("source", "other data");

        RunException error = await Assert.ThrowsAsync<RunException>(() => RunAsync([first, second]));
        await RunAsync([first, second], restartFrom: "first");

        Assert.Contains("the file source has changed", error.Message, StringComparison.Ordinal);
        Assert.Equal("other data", Read("second"));
        Assert.Equal((2, 2), (first.Runs, second.Runs));
    }

    [Fact]
    public async Task A_stage_whose_output_is_gone_is_done_again()
    {
        CopyStage first = Stage("first", "source");
        Write("source", "data");
        await RunAsync([first]);
        File.Delete(At("first"));

        await RunAsync([first]);

        Assert.Equal("data", Read("first"));
    }

    [Fact]
    public async Task A_damaged_record_and_an_unknown_stage_are_named()
    {
        CopyStage first = Stage("first", "source");
        Write("source", "data");
        await RunAsync([first]);
        Write("stages/first.json", "{");

        Assert.Contains("stages/first.json: the record", (await Assert.ThrowsAsync<RunException>(() => RunAsync([first]))).Message, StringComparison.Ordinal);
        Assert.Equal(
            "There is no stage \"third\". Stages are first.",
            (await Assert.ThrowsAsync<RunException>(() => RunAsync([first], restartFrom: "third"))).Message);
    }

    [Fact]
    public async Task A_missing_input_is_named()
    {
        RunException error = await Assert.ThrowsAsync<RunException>(() => RunAsync([Stage("first", "source")]));

        Assert.Equal($"{At("source")}: the file is missing.", error.Message);
    }

    private async Task<List<string>> RunAsync(CopyStage[] stages, string? restartFrom = null)
    {
        List<string> said = [];
        await new StageRunner(_folder.Path, stages).RunAsync(restartFrom, new SyncProgress<string>(said.Add), CancellationToken.None);
        return said;
    }

    private CopyStage Stage(string name, string source) => new(name, At(source), At(name));

    private string At(string name) => Path.Combine(_folder.Path, name);

    private string Read(string name) => File.ReadAllText(At(name));

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    /// <summary>A stage that copies a file.</summary>
    private sealed class CopyStage(string name, string source, string target) : IRunStage
    {
        public string Name => name;

        public JsonObject Options { get; } = new() { ["rate"] = 0.1 };

        public IReadOnlyList<string> Inputs => [source];

        public IReadOnlyList<string> Outputs => [target];

        public bool FailsOnce { get; set; }

        public int Runs { get; private set; }

        public Task RunAsync(IProgress<string> say, CancellationToken stop)
        {
            Runs++;
            if (FailsOnce)
            {
                FailsOnce = false;
                throw new OperationCanceledException();
            }

            File.Copy(source, target);
            return Task.CompletedTask;
        }

        public void Clear() => File.Delete(target);
    }
}
