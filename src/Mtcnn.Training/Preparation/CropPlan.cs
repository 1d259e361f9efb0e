using Mtcnn.Detection;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Preparation;

/// <summary>A plan for preparing crops: the source, the options and the folder.</summary>
public sealed record CropPlan
{
    /// <summary>The net that the crops are for.</summary>
    public required TrainedNet Net { get; init; }

    /// <summary>The images.</summary>
    public required IReadOnlyList<CropSource> Sources { get; init; }

    /// <summary>The folder to create, or the folder of an interrupted preparation.</summary>
    public required string Folder { get; init; }

    /// <summary>The random seed. The same seed gives the same crops with any number of threads.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The options for cutting crops.</summary>
    public CropOptions Options { get; init; } = new();

    /// <summary>The weights of the previous nets, whose detections become hard examples: none for 12net and the landmark net, 12net's for 24net, 12net's and 24net's for 48net.</summary>
    public IReadOnlyList<string> Weights { get; init; } = [];

    /// <summary>Whether landmark crops are cut. Null means only for 48net and the landmark net, which uses no other crops.</summary>
    public bool? WithLandmarks { get; init; }

    /// <summary>The number of images processed at a time; null for <see cref="CaffeSharp.CaffeRuntime.Threads"/>, which is also the maximum.</summary>
    public int? Threads { get; init; }

    /// <summary>The value of <see cref="WithLandmarks"/>, with the default applied.</summary>
    internal bool CutsLandmarks => WithLandmarks ?? Net is TrainedNet.Output or TrainedNet.Landmarks;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or the number of weights is not the number of previous nets.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Net))
        {
            throw new ArgumentOutOfRangeException(nameof(Net), Net, "There is no such net.");
        }

        if (Weights.Count != Net.NetsBefore())
        {
            throw new ArgumentException(
                $"Crops for {Net.Definition()} require the weights of the {Net.NetsBefore()} previous nets (got {Weights.Count}).", nameof(Weights));
        }

        if (Net == TrainedNet.Landmarks && !CutsLandmarks)
        {
            throw new ArgumentException("The landmark net uses only landmark crops, so they cannot be omitted.", nameof(WithLandmarks));
        }

        ArgumentException.ThrowIfNullOrEmpty(Folder);
        if (Threads is < 1 or > FaceDetectorOptions.LargestThreads)
        {
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, $"Threads must be from 1 to {FaceDetectorOptions.LargestThreads}.");
        }

        Options.Validate();
    }
}
