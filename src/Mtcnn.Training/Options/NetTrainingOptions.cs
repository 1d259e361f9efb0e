using System.Text.Json.Serialization;
using CaffeSharp;

namespace Mtcnn.Training.Options;

/// <summary>The options for training one net. Only <see cref="Net"/>, <see cref="Crops"/> and <see cref="Iterations"/> are required.</summary>
public sealed record NetTrainingOptions
{
    private const string SharesOnly = "The value must be a share, from 0 to below 1.";

    /// <summary>The net to train.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such net.</exception>
    public required TrainedNet Net
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such net.");
    }

    /// <summary>The side of its crops or patches in pixels.</summary>
    [JsonIgnore]
    public int Side => Net.Side();

    /// <summary>The folders that were prepared for the net. Their crops are mixed.</summary>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public required IReadOnlyList<string> Crops
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.Count > 0 ? [.. value] : throw new ArgumentException("At least one prepared folder is required.", nameof(value));
        }
    }

    /// <summary>The number of training batches.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public required int Iterations { get; init => field = AtLeastOne(value); }

    /// <summary>Prepared folders of other photos for validation; empty to use <see cref="HeldOut"/>.</summary>
    public IReadOnlyList<string> ValidationCrops { get; init => field = [.. value]; } = [];

    /// <summary>The share of <see cref="Crops"/> that is held out for validation if <see cref="ValidationCrops"/> is empty. The default is
    /// 0.02. Crops of one photo may be in both parts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to below 1.</exception>
    public double HeldOut
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, SharesOnly);
    } = 0.02;

    /// <summary>The number of rows per batch. The default is 64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int BatchSize { get; init => field = AtLeastOne(value); } = 64;

    /// <summary>The seed for initial weights, order, augmentation and dropout. The same seed gives the same weights with any number of threads.</summary>
    public uint Seed { get; init; } = 1;

    /// <summary>The composition of a batch.</summary>
    public BatchComposition Composition { get; init; } = BatchComposition.Mixed;

    /// <summary>The proportions of the kinds of crops.</summary>
    public CropShares Shares { get; init; } = new();

    /// <summary>The random augmentation of crops.</summary>
    public CropAugmentation Augmentation { get; init; } = new();

    /// <summary>Online hard example mining: the share of a batch's labelled rows, those with the highest loss, that are used. The default is 1, all rows. The paper uses
    /// 0.7.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and at most 1.</exception>
    public double HardShare
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The value must be a share, above 0 and at most 1.");
    } = 1;

    /// <summary>The weights of the tasks' losses.</summary>
    public LossWeights LossWeights { get; init; } = new();

    /// <summary>The solver.</summary>
    public LearningOptions Learning { get; init; } = new();

    /// <summary>A caffemodel with initial weights, copied by layer name; other layers are initialized randomly. Null to initialize all layers randomly.</summary>
    public string? InitialWeights { get; init; }

    /// <summary>The number of iterations between two snapshots; 0 for a snapshot only when the training is stopped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int SnapshotInterval { get; init => field = NotNegative(value); } = 5_000;

    /// <summary>The number of iterations between two validations. The net is also validated at the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int ValidationInterval { get; init => field = AtLeastOne(value); } = 1_000;

    /// <summary>The maximum number of crops of each kind for validation. They are kept in memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int ValidationLimit { get; init => field = AtLeastOne(value); } = 2_000;

    /// <summary>The implementation of the layers.</summary>
    public Engine Engine { get; init; } = Engine.Accelerated;

    /// <summary>The maximum number of threads in a pass of the accelerated engine; null for <see cref="CaffeSharp.CaffeRuntime.Threads"/>. It does not change the weights.</summary>
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
