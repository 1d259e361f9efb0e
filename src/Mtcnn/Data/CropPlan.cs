using Mtcnn.Detection;

namespace Mtcnn.Data;

/// <summary>What crops to make, from what, and where to.</summary>
public sealed record CropPlan
{
    /// <summary>The side of the net's input in pixels, which says which net the crops are for: 12, 24 or 48.</summary>
    public required int Side { get; init; }

    /// <summary>The pictures.</summary>
    public required IReadOnlyList<CropSource> Sources { get; init; }

    /// <summary>The folder to make, or to go on with.</summary>
    public required string Folder { get; init; }

    /// <summary>What the random numbers begin with: the same seed gives the same crops, whatever the number of threads.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How crops are cut.</summary>
    public CropOptions Options { get; init; } = new();

    /// <summary>The weights of the nets before, whose boxes become hard examples: none for 12net, 12net's for 24net, 12net's and 24net's for 48net.</summary>
    public IReadOnlyList<string> Weights { get; init; } = [];

    /// <summary>Whether landmark crops are cut; null for 48net alone.</summary>
    public bool? WithLandmarks { get; init; }

    /// <summary>How many pictures are worked on at a time; null for as many as there are processors.</summary>
    public int? Threads { get; init; }

    /// <summary><see cref="WithLandmarks"/>, or what null stands for.</summary>
    internal bool CutsLandmarks => WithLandmarks ?? Side == OutputStage.CropSide;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or there are more or fewer weights than nets before.</exception>
    public void Validate()
    {
        int before = Side switch
        {
            ImagePyramid.CellSide => 0,
            RefinementStage.CropSide => 1,
            OutputStage.CropSide => 2,
            _ => throw new ArgumentOutOfRangeException(nameof(Side), Side, "The nets take crops of 12, 24 or 48 pixels."),
        };
        if (Weights.Count != before)
        {
            throw new ArgumentException(
                $"Crops of {Side} pixels take the weights of {before} nets, those that come before; {Weights.Count} are given.", nameof(Weights));
        }

        ArgumentException.ThrowIfNullOrEmpty(Folder);
        if (Threads is < 1 or > FaceDetectorOptions.LargestThreads)
        {
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, $"Threads are from 1 to {FaceDetectorOptions.LargestThreads}.");
        }

        Options.Validate();
    }
}
