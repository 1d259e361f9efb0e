namespace Mtcnn.Training.Batches;

/// <summary>Provides the data layer of a training net with batches.</summary>
public interface IBatchSource
{
    /// <summary>The number of rows in every batch.</summary>
    int BatchSize { get; }

    /// <summary>The side of every crop in pixels.</summary>
    int Side { get; }

    /// <summary>The number of planes in every crop: three, or fifteen if a crop consists of five patches.</summary>
    int Channels => 3;

    /// <summary>Returns the next batch, which is valid until the next call. The thread that runs the net calls it.</summary>
    TrainingBatch NextBatch();
}
