using CaffeSharp;
using CaffeSharp.Tests.Support;
using Mtcnn.Cascade.Nets;
using Mtcnn.Tests.Support;
using Mtcnn.Training;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Nets;
using Mtcnn.Training.Options;

namespace Mtcnn.Tests.Training;

/// <summary>Small trainings: learning, exact resumption, and invalid options.</summary>
public sealed class NetTrainingTests(SmallCropsFixture crops) : IClassFixture<SmallCropsFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(BatchComposition.Mixed, 1)]
    [InlineData(BatchComposition.Mixed, 0.7)]
    [InlineData(BatchComposition.SingleTask, 1)]
    public void A_net_learns_faces_from_what_is_none_and_its_weights_are_the_detectors(BatchComposition composition, double hardShare)
    {
        NetTrainingSummary summary = NetTraining.Run(Options(12, 400) with { Composition = composition, HardShare = hardShare }, Out("12"));

        TrainingLogRow first = summary.Log[0], last = summary.Log[^1];
        Assert.Equal([100, 200, 300, 400], summary.Log.Select(row => row.Iteration));
        Assert.True(last.Losses.Total < first.Losses.Total, $"{first.Losses} and {last.Losses}");
        Assert.True(last.Validation.Accuracy > 0.9, $"{last.Validation}");
        Assert.True(last.Validation.OffsetLoss < 0.05, $"{last.Validation}");
        Assert.Null(last.Validation.PointLoss);
        using Net deploy = Net.FromText(NetworkDefinition.Proposal.Prototxt);
        Assert.Empty(deploy.CopyFrom(Path.Combine(Out("12"), summary.Weights)).MissingLayers);
    }

    [Fact]
    public void Landmarks_of_48net_come_closer_and_other_first_weights_are_reported()
    {
        List<string> said = [];
        NetTrainingOptions options = Options(48, 60) with { InitialWeights = SharedFiles.Weights("48net"), Learning = new() { BaseRate = 1e-4f } };
        NetTrainingSummary summary = NetTraining.Run(options, Out("48"), Listen(progress => said.AddRange(progress.Message is { } message ? [message] : [])));

        Assert.Contains(said, message => message.StartsWith($"starts with {options.InitialWeights}, layers conv1, prelu1", StringComparison.Ordinal));
        Assert.InRange(summary.Log[^1].Validation.LandmarkError!.Value, 0, 0.1);
        Assert.Equal(summary.Log[^1].Validation.LandmarkCrops, (int)(4 * 60 * options.HeldOut));
    }

    [Theory]
    [InlineData(12, BatchComposition.SingleTask)]
    [InlineData(48, BatchComposition.Mixed)]
    public void A_training_that_was_stopped_continues_to_the_same_weights_bit_for_bit(int side, BatchComposition composition)
    {
        NetTrainingOptions options = Options(side, 24) with
        {
            Composition = composition,
            HardShare = 0.7,
            ValidationInterval = 13,
            SnapshotInterval = 10,
            Augmentation = new() { Brightness = 0.1, Contrast = 0.2, Colour = 0.1, Grey = 0.1, Blur = 0.2 },
        };
        NetTraining.Run(options with { Threads = 1 }, Out("whole"));
        using CancellationTokenSource stop = new();
        IProgress<NetTrainingProgress> stopAtThirteen = Listen(progress =>
        {
            if (progress.LogRow is { Iteration: 13 })
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => NetTraining.Run(options, Out("halves"), stopAtThirteen, stop.Token));
        Assert.False(File.Exists(Path.Combine(Out("halves"), "training.json")));

        NetTrainingSummary summary = NetTraining.Run(options, Out("halves"));

        Assert.Equal(
            File.ReadAllBytes(Path.Combine(Out("whole"), $"{side}net.caffemodel")), File.ReadAllBytes(Path.Combine(Out("halves"), $"{side}net.caffemodel")));
        Assert.Equal([13, 24], summary.Log.Select(row => row.Iteration));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(Out("halves"), "log.csv")).Length);
        // A finished training is not repeated.
        Assert.Equal(summary.Seconds, NetTraining.Run(options, Out("halves")).Seconds);
    }

    [Fact]
    public void Another_training_in_the_folder_and_crops_of_another_net_are_refused_by_name()
    {
        NetTrainingOptions options = Options(12, 4);
        NetTraining.Run(options, Out("out"));

        RunException otherNet = Assert.Throws<RunException>(() => NetTraining.Run(Options(48, 4), Out("out")));
        RunException otherRate = Assert.Throws<RunException>(() => NetTraining.Run(options with { Learning = new() { BaseRate = 0.5f } }, Out("out")));
        RunException otherCrops = Assert.Throws<RunException>(() => NetTraining.Run(options with { Net = TrainedNet.Refinement }, Out("new")));
        CropException none = Assert.Throws<CropException>(() => NetTraining.Run(options with { Crops = [_folder.Path] }, Out("none")));

        Assert.Contains("this folder contains the training of 12net", otherNet.Message, StringComparison.Ordinal);
        Assert.Contains("learning.baseRate was 0.001 and is 0.5", otherRate.Message, StringComparison.Ordinal);
        Assert.Contains("its crops were prepared for 12net, not for 24net", otherCrops.Message, StringComparison.Ordinal);
        Assert.Contains("Create one with mtcnn prepare", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_that_is_far_too_high_ends_with_the_iteration_and_the_blob()
    {
        NetTrainingOptions options = Options(12, 200) with { Learning = new() { Solver = "SGD", BaseRate = 1e6f, Policy = LearningRatePolicy.Fixed } };

        CaffeException error = Assert.Throws<CaffeException>(() => NetTraining.Run(options, Out("out")));

        Assert.Matches("train12: iteration [0-9]+: ", error.Message);
        Assert.NotNull(error.BlobName);
    }

    private NetTrainingOptions Options(int side, int iterations) => new()
    {
        Net = SmallCrops.NetOf(side),
        Crops = [crops.Folder(side)],
        Iterations = iterations,
        ValidationInterval = 100,
        HeldOut = 0.2,
    };

    private string Out(string name) => Path.Combine(_folder.Path, name);

    private static SyncProgress<NetTrainingProgress> Listen(Action<NetTrainingProgress> heard) => new(heard);
}
