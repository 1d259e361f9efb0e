namespace Mtcnn.Training.Batches;

/// <summary>Where the data layer of a training net gets its batches from.</summary>
public interface IBatchSource
{
    /// <summary>The rows of every batch.</summary>
    int BatchSize { get; }

    /// <summary>The side of every crop in pixels.</summary>
    int Side { get; }

    /// <summary>The planes of every crop: three, or fifteen where a crop is five patches.</summary>
    int Channels => 3;

    /// <summary>The next batch, which the caller reads before it asks for another. Called by the thread that runs the net.</summary>
    TrainingBatch NextBatch();
}
