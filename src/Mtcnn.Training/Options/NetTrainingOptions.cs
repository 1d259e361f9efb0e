using System.Text.Json.Serialization;
using CaffeSharp;

namespace Mtcnn.Training.Options;

/// <summary>What one net is trained with. Only <see cref="Net"/>, <see cref="Crops"/> and <see cref="Iterations"/> have to be given.</summary>
public sealed record NetTrainingOptions
{
    private const string SharesOnly = "It is a share, from 0 to below 1.";

    /// <summary>Which net.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such net.</exception>
    public required TrainedNet Net
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such net.");
    }

    /// <summary>The side of its crops or patches in pixels.</summary>
    [JsonIgnore]
    public int Side => Net.Side();

    /// <summary>Folders that were prepared for it; their crops come side by side.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public required IReadOnlyList<string> Crops
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.Count > 0 ? [.. value] : throw new ArgumentException("A prepared folder at least is needed.", nameof(value));
        }
    }

    /// <summary>How many batches it learns from.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public required int Iterations { get; init => field = AtLeastOne(value); }

    /// <summary>Prepared folders that it is validated with, of other photos; none for <see cref="HeldOut"/>.</summary>
    public IReadOnlyList<string> ValidationCrops { get; init => field = [.. value]; } = [];

    /// <summary>The share of <see cref="Crops"/> that is kept from the training to validate with, where there are no <see cref="ValidationCrops"/>; 0.02 unless said
    /// otherwise. Crops of one photo may then be on both sides.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to below 1.</exception>
    public double HeldOut
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, SharesOnly);
    } = 0.02;

    /// <summary>The rows of a batch; 64 unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int BatchSize { get; init => field = AtLeastOne(value); } = 64;

    /// <summary>Of everything random: first weights, order, augmentation, dropout. The same seed gives the same weights, whatever the number of threads.</summary>
    public uint Seed { get; init; } = 1;

    /// <summary>What the rows of a batch are.</summary>
    public BatchComposition Composition { get; init; } = BatchComposition.Mixed;

    /// <summary>How many crops of each kind come together.</summary>
    public CropShares Shares { get; init; } = new();

    /// <summary>How crops are changed at random.</summary>
    public CropAugmentation Augmentation { get; init; } = new();

    /// <summary>Online hard example mining: the share of a batch's labelled rows, those with the highest loss, whose label counts; 1, the default, for all. 0.7 is the
    /// paper's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and at most 1.</exception>
    public double HardShare
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "It is a share, above 0 and at most 1.");
    } = 1;

    /// <summary>How much each task's loss counts.</summary>
    public LossWeights LossWeights { get; init; } = new();

    /// <summary>The solver.</summary>
    public LearningOptions Learning { get; init; } = new();

    /// <summary>A caffemodel to begin with; its layers are taken by name, the others begin at random. Null for none.</summary>
    public string? InitialWeights { get; init; }

    /// <summary>The iterations between two snapshots; 0 for none but where it is stopped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int SnapshotInterval { get; init => field = NotNegative(value); } = 5_000;

    /// <summary>The iterations between two validations; there is one at the end in any case.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int ValidationInterval { get; init => field = AtLeastOne(value); } = 1_000;

    /// <summary>The most crops of a kind that it is validated with. They are kept in memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int ValidationLimit { get; init => field = AtLeastOne(value); } = 2_000;

    /// <summary>What runs the layers.</summary>
    public Engine Engine { get; init; } = Engine.Accelerated;

    /// <summary>Threads that a pass of the accelerated engine uses at most; null for <see cref="CaffeSharp.CaffeRuntime.Threads"/>. The weights do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? Threads { get; init => field = value is { } threads ? AtLeastOne(threads) : null; }

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    private static int NotNegative(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }
}
