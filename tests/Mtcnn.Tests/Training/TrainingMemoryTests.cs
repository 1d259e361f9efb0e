using CaffeSharp.Tests.Support;
using Mtcnn.Tests.Support;
using Mtcnn.Training.Nets;
using Mtcnn.Training.Options;

namespace Mtcnn.Tests.Training;

/// <summary>The memory use of a long training.</summary>
[Collection(AloneCollection.Name)]
public sealed class TrainingMemoryTests(SmallCropsFixture crops) : IClassFixture<SmallCropsFixture>, IDisposable
{
    // The garbage collector's heaps vary by some megabytes. A leak of 8 KB per batch would be more.
    private const long Tolerance = 32_000_000;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Memory_is_flat_when_five_thousand_batches_are_learnt_and_snapshots_written()
    {
        NetTrainingOptions options = new()
        {
            Net = TrainedNet.Proposal,
            Crops = [crops.Folder(12)],
            Iterations = 5_000,
            ValidationInterval = 500,
            SnapshotInterval = 250,
            HeldOut = 0.2,
            Augmentation = new() { Brightness = 0.1, Contrast = 0.2, Blur = 0.2 },
        };
        List<long> resident = [];

        NetTraining.Run(options, _folder.Path, new SyncProgress<NetTrainingProgress>(progress =>
        {
            if (progress.LogRow is not null)
            {
                resident.Add(ProcessMemory.Resident());
            }
        }));

        Assert.Equal(10, resident.Count);
        Assert.InRange(resident[^1] - resident[1], long.MinValue, Tolerance);
    }

    public void Dispose() => _folder.Dispose();
}
