using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Preparation;
using Mtcnn.Training.Stages;

namespace Mtcnn.Training.Cascade;

/// <summary>Cuts the crops of one net.</summary>
internal sealed class CropStage(string net, CropPlan plan) : IRunStage
{
    private const int Words = 10;

    public string Name => $"{net}/crops";

    public JsonObject Options => new()
    {
        ["seed"] = plan.Seed,
        ["options"] = JsonSerializer.SerializeToNode(plan.Options, CascadeConfigurationJson.Default.CropOptions),
        ["sources"] = new JsonArray([.. plan.Sources.Select(source => (JsonNode)new JsonObject
        {
            ["everyFaceIsMarked"] = source.EveryFaceIsMarked,
            ["boxesFromPoints"] = source.BoxesFromPoints,
            ["images"] = source.Annotations.Images.Count,
        })]),
    };

    public IReadOnlyList<string> Inputs => [.. plan.Sources.Select(source => source.Annotations.Name), .. plan.Weights];

    public IReadOnlyList<string> Outputs => [CropFiles.WholeOf(plan.Folder)];

    public Task RunAsync(IProgress<string> say, CancellationToken stop) => Task.Run(
        () =>
        {
            CropFolder made = CropPreparation.Run(plan, new ProgressReporter(Name, say), stop);
            say.Report($"{Name}: {string.Join(", ", made.Counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} {pair.Key}")))}");
            foreach (string problem in made.Problems.Take(Words))
            {
                say.Report($"{Name}: left out: {problem}");
            }

            if (made.Problems.Count > Words)
            {
                say.Report($"{Name}: {made.Problems.Count - Words} more were left out; {CropFiles.WholeOf(plan.Folder)} lists all of them.");
            }
        },
        stop);

    public void Clear()
    {
        if (Directory.Exists(plan.Folder))
        {
            Directory.Delete(plan.Folder, recursive: true);
        }
    }

    /// <summary>Reports the progress after each tenth of the images. Thread-safe.</summary>
    private sealed class ProgressReporter(string name, IProgress<string> say) : IProgress<PreparationProgress>
    {
        private readonly Lock _gate = new();
        private int _said;

        public void Report(PreparationProgress value)
        {
            lock (_gate)
            {
                int tenths = (int)((long)value.Images * Words / Math.Max(1, value.Total));
                if (tenths > _said)
                {
                    _said = tenths;
                    say.Report(string.Create(CultureInfo.InvariantCulture, $"{name}: {value.Images:N0} of {value.Total:N0} images, {value.Crops:N0} crops"));
                }
            }
        }
    }
}
