using CaffeSharp.Tests.Support;
using Mtcnn.Detection;
using Mtcnn.Models;
using Mtcnn.Tests.Support;
using Mtcnn.Training;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Cascade;
using Mtcnn.Training.Evaluation;
using Mtcnn.Training.Nets;

namespace Mtcnn.Tests.Training;

/// <summary>A whole cascade, trained from a few dozen photos.</summary>
public sealed class CascadeTrainingTests : IDisposable
{
    private const string Configuration = """
        {
          "seed": 3,
          "photos": [{ "annotations": "points.csv", "everyFaceIsMarked": false }, { "annotations": "web.csv", "everyFaceIsMarked": true }],
          "measured": [{ "annotations": "unseen.csv" }],
          "proposal": {
            "recall": 0.98,
            "crops": { "negativesOfImage": 60, "smallestNegative": 12, "negativesByScale": true, "negativesOfFace": 10, "smallestFace": 16, "triesOfFace": 60, "mayLeaveImage": true },
            "training": { "iterations": 900, "batchSize": 128, "heldOut": 0.1, "learning": { "baseRate": 0.003 } },
          },
          "refinement": {
            "recall": 0.98,
            "crops": { "negativesOfImage": 20, "smallestNegative": 16, "negativesByScale": true, "negativesOfFace": 10, "smallestFace": 16, "triesOfFace": 40, "mayLeaveImage": true },
            "training": { "iterations": 500, "batchSize": 64, "heldOut": 0.1, "learning": { "baseRate": 0.002 } },
          },
          "output": {
            "recall": 0.98,
            "crops": { "negativesOfImage": 10, "smallestNegative": 16, "negativesByScale": true, "negativesOfFace": 10, "smallestFace": 16, "triesOfFace": 30, "mayLeaveImage": true,
                       "refinementThreshold": 0.2, "landmarksOfFace": 20 },
            "training": { "iterations": 500, "batchSize": 48, "heldOut": 0.1, "lossWeights": { "classification": 1, "offsets": 2, "points": 8 }, "learning": { "baseRate": 0.001 } },
            "fineTuning": { "iterations": 150, "lossWeights": { "points": 30 }, "learning": { "baseRate": 0.0005 } },
          },
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public CascadeTrainingTests()
    {
        Take("faces5/train.csv", "points.csv", 60);
        Take("webfaces/train.csv", "web.csv", 60);
        Take("faces5/validation.csv", "unseen.csv", 40);
        Write("cascade.json", Configuration);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_cascade_of_a_few_dozen_photos_finds_faces_that_it_has_not_seen()
    {
        CascadeTraining training = new(At("cascade.json"), _folder.Path, At("run"));
        List<string> said = [];
        await training.RunAsync(null, new SyncProgress<string>(said.Add));

        AnnotationSet unseen = Assert.Single(training.Measured);
        using FaceDetector detector = new(new FaceDetectorOptions { Models = ModelFiles.Locate(training.ModelFolder) });
        EvaluationReport report = EvaluationReport.Of(unseen.Name, DetectorEvaluation.Find(detector, unseen), new EvaluationOptions());
        Assert.Equal(40, report.Faces);
        Assert.True(report.Found >= 32, $"{report.Found} of 40\n{string.Join('\n', said)}");
        Assert.InRange(report.Landmarks!.MeanError, 0, 0.25);

        // Fine-tuning starts from the weights of the training, with its options unless others are given.
        NetTrainingSummary tuned = training.ReadSummaries()[Path.Combine(At("run"), "48net", "fine-tuning")];
        Assert.Equal(
            (150, 48, 30f, 2f, Path.Combine(At("run"), "48net", "training", "48net.caffemodel")),
            (tuned.Options.Iterations, tuned.Options.BatchSize, tuned.Options.LossWeights.Points, tuned.Options.LossWeights.Offsets, tuned.Options.InitialWeights));
        Assert.True(tuned.Log[^1].Validation.LandmarkError < training.ReadSummaries()[Path.Combine(At("run"), "48net", "training")].Log[^1].Validation.LandmarkError);

        // No step is repeated after the run is moved, and another configuration is refused with the name of the option.
        said.Clear();
        Directory.Move(At("run"), At("moved"));
        CascadeTraining moved = new(At("cascade.json"), _folder.Path, Path.GetRelativePath(Environment.CurrentDirectory, At("moved")));
        await moved.RunAsync(null, new SyncProgress<string>(said.Add));
        Assert.Equal(training.Stages.Select(stage => $"{stage}: already done"), said);
        Assert.Equal(tuned.Log, moved.ReadSummaries().Single(summary => summary.Key.EndsWith("48net/fine-tuning", StringComparison.Ordinal)).Value.Log);
        Write("cascade.json", Configuration.Replace("\"iterations\": 500, \"batchSize\": 48", "\"iterations\": 501, \"batchSize\": 48", StringComparison.Ordinal));
        CascadeTraining other = new(At("cascade.json"), _folder.Path, At("moved"));
        RunException refusal = await Assert.ThrowsAsync<RunException>(() => other.RunAsync(null, new SyncProgress<string>(said.Add)));
        Assert.Contains("the stage 48net/training was finished with another configuration or other files: iterations was 500 and is 501.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"seed\": 3,", "", "seed")]
    [InlineData("\"seed\": 3,", "\"seed\": 3, \"sead\": 4,", "sead")]
    [InlineData("\"triesOfFace\": 60", "\"triesOfFace\": -1", "12net: TriesOfFace must be from 0 to 10000.")]
    [InlineData("\"batchSize\": 48", "\"batchSize\": 0", "48net: ")]
    [InlineData("\"recall\": 0.98", "\"recall\": 1.5", "recall must be above 0 and below 1")]
    [InlineData("\"batchSize\": 48", "\"batchsize\": 48", "48net: ")]
    [InlineData("\"iterations\": 150", "\"iterations\": 0", "48net: ")]
    [InlineData("\"photos\": [{", "\"photos\": [{ \"heldOutOfEvery\": 1,", "heldOutOfEvery must be at least 2")]
    [InlineData("\"seed\": 3,", "\"seed\": 3, \"landmarks\": { \"recall\": 0.9, \"crops\": {}, \"training\": {} },", "\"landmarks\" must not have a recall")]
    [InlineData("\"seed\": 3,", "\"seed\": 3, \"landmarks\": { \"crops\": { \"patchShift\": 2 }, \"training\": {} },", "landmarks: PatchShift must be from 0 to 1.")]
    public void A_bad_configuration_is_refused_with_its_file_and_the_mistake(string good, string bad, string words)
    {
        Write("bad.json", Configuration.Replace(good, bad, StringComparison.Ordinal));

        RunException refusal = Assert.Throws<RunException>(() => new CascadeTraining(At("bad.json"), _folder.Path, At("run")));

        Assert.StartsWith(At("bad.json"), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("run")));
    }

    [Fact]
    public void The_landmark_net_comes_last_where_the_configuration_has_it()
    {
        Write("four.json", Configuration.Replace("\"seed\": 3,", "\"seed\": 3, \"landmarks\": { \"crops\": { \"patchesOfFace\": 8 }, \"training\": {} },", StringComparison.Ordinal));

        IReadOnlyList<string> three = new CascadeTraining(At("cascade.json"), _folder.Path, At("run")).Stages;
        IReadOnlyList<string> four = new CascadeTraining(At("four.json"), _folder.Path, At("run")).Stages;

        Assert.Equal([.. three, "landmarks/crops", "landmarks/training", "landmarks/weights"], four);
    }

    [Fact]
    public void Photos_that_do_not_exist_are_named()
    {
        Write("bad.json", Configuration.Replace("web.csv", "none.csv", StringComparison.Ordinal));

        AnnotationException refusal = Assert.Throws<AnnotationException>(() => new CascadeTraining(At("bad.json"), _folder.Path, At("run")));

        Assert.Contains("none.csv", refusal.Message, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    /// <summary>Writes the first rows of a set, with full paths of its images.</summary>
    private void Take(string set, string name, int rows)
    {
        string path = SharedFiles.Of($"data/{set}");
        string[] lines = [.. File.ReadLines(path).Take(rows + 1)];
        Write(name, string.Join('\n', lines.Take(1).Concat(lines.Skip(1).Select(line => Path.Combine(Path.GetDirectoryName(path)!, line)))) + "\n");
    }
}
