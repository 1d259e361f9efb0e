using CaffeSharp;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Nets;

/// <summary>Trains one net of the cascade from prepared crops.</summary>
public static class NetTraining
{
    /// <summary>
    /// Trains a net, or resumes the same training if it was interrupted. A finished training is not repeated. The same seed gives the same weights, bit for bit,
    /// with any number of threads and also after an interruption. The call blocks until the training is finished. Several trainings can run concurrently.
    /// </summary>
    /// <param name="options">The options of the training.</param>
    /// <param name="folder">
    /// The folder for all files: <c>12net.caffemodel</c> (or another net's), <c>training.json</c>, <c>log.csv</c>, <c>options.json</c> and <c>snapshots</c>. It is
    /// created if it is missing.
    /// </param>
    /// <param name="progress">Receives the progress, on the calling thread.</param>
    /// <param name="stop">Stops the training. A snapshot of the last completed iteration is written.</param>
    /// <returns>The summary of the training.</returns>
    /// <exception cref="ArgumentException">The folder's name is empty.</exception>
    /// <exception cref="CropException">A folder of crops is not one, is incomplete, or has a record that is not a crop.</exception>
    /// <exception cref="RunException">The crops are prepared for another net, or lack what the options require, or the folder belongs to another training.</exception>
    /// <exception cref="CaffeException">A value is no longer finite (the message names the iteration and the blob), a store or the initial weights cannot be read, or a snapshot
    /// cannot be written.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped.</exception>
    public static NetTrainingSummary Run(
        NetTrainingOptions options, string folder, IProgress<NetTrainingProgress>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        TrainingFolder files = new(folder, options);
        if (files.ReadSummary() is { } done)
        {
            return done;
        }

        using TrainingRun run = new(options, files, progress);
        return run.Run(stop);
    }
}
