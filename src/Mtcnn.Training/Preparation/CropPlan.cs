using Mtcnn.Detection;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Preparation;

/// <summary>What crops to make, from what, and where to.</summary>
public sealed record CropPlan
{
    /// <summary>The net that the crops are for.</summary>
    public required TrainedNet Net { get; init; }

    /// <summary>The images.</summary>
    public required IReadOnlyList<CropSource> Sources { get; init; }

    /// <summary>The folder to make, or to continue with.</summary>
    public required string Folder { get; init; }

    /// <summary>What the random numbers begin with: the same seed gives the same crops, whatever the number of threads.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How crops are cut.</summary>
    public CropOptions Options { get; init; } = new();

    /// <summary>The weights of the nets before, whose boxes become hard examples: none for 12net and the landmark net, 12net's for 24net, 12net's and 24net's for 48net.</summary>
    public IReadOnlyList<string> Weights { get; init; } = [];

    /// <summary>Whether landmark crops are cut; null for 48net and the landmark net alone. The latter takes no others.</summary>
    public bool? WithLandmarks { get; init; }

    /// <summary>How many images are worked on at a time; null for <see cref="CaffeSharp.CaffeRuntime.Threads"/>, which is also the most.</summary>
    public int? Threads { get; init; }

    /// <summary><see cref="WithLandmarks"/>, or what null stands for.</summary>
    internal bool CutsLandmarks => WithLandmarks ?? Net is TrainedNet.Output or TrainedNet.Landmarks;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or there are more or fewer weights than nets before.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Net))
        {
            throw new ArgumentOutOfRangeException(nameof(Net), Net, "There is no such net.");
        }

        if (Weights.Count != Net.NetsBefore())
        {
            throw new ArgumentException(
                $"Crops for {Net.Definition()} take the weights of {Net.NetsBefore()} nets, those that come before; {Weights.Count} are given.", nameof(Weights));
        }

        if (Net == TrainedNet.Landmarks && !CutsLandmarks)
        {
            throw new ArgumentException("The landmark net takes landmark crops and no others; they cannot be left out.", nameof(WithLandmarks));
        }

        ArgumentException.ThrowIfNullOrEmpty(Folder);
        if (Threads is < 1 or > FaceDetectorOptions.LargestThreads)
        {
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, $"Threads are from 1 to {FaceDetectorOptions.LargestThreads}.");
        }

        Options.Validate();
    }
}
