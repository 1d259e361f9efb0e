using CaffeSharp;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Nets;

/// <summary>Trains one net of the cascade from prepared crops.</summary>
public static class NetTraining
{
    /// <summary>
    /// Trains a net, or continues where the same training was stopped; one that is done is not done again. A seed gives the same weights, bit for bit, whether it
    /// was stopped or not and whatever the number of threads. The calling thread works until it is done; trainings may run side by side.
    /// </summary>
    /// <param name="options">What it is trained with.</param>
    /// <param name="folder">
    /// Where everything goes: <c>12net.caffemodel</c> (or another net's), <c>training.json</c>, <c>log.csv</c>, <c>options.json</c> and <c>snapshots</c>. It is
    /// made where it is missing.
    /// </param>
    /// <param name="progress">Receives the progress, on the calling thread.</param>
    /// <param name="stop">Stops it: the weights of the last whole iteration are written as a snapshot.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentException">The folder's name is empty.</exception>
    /// <exception cref="CropException">A folder of crops is not one, is incomplete, or has a record that is not a crop.</exception>
    /// <exception cref="RunException">The crops are prepared for another net, or lack what the options want; or the folder is another training's.</exception>
    /// <exception cref="CaffeException">A number is no longer finite (with the iteration and the blob); a store or the first weights cannot be read; a snapshot
    /// cannot be written.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
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
