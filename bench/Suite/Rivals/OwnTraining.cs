using System.Diagnostics;
using CaffeSharp;
using Mtcnn.Training.Batches;
using Mtcnn.Training.Nets;
using Mtcnn.Training.Options;

namespace Mtcnn.Suite.Rivals;

/// <summary>The same training in this library, its batches made as it continues.</summary>
internal sealed class OwnTraining : IDisposable
{
    private readonly PreparedStores _stores;
    private readonly PreparedBatches _batches;
    private readonly BatchQueue _queue;
    private readonly Solver _solver;

    public OwnTraining(NetTrainingOptions options, string folder)
    {
        _stores = new PreparedStores(options.Crops, options.Net);
        _batches = new PreparedBatches(_stores.ToTrain(options.HeldOut), options);
        _queue = new BatchQueue(_batches, 0);
        _solver = TrainingSolver.Make(options, folder, Path.Combine(folder, "snapshot"), _queue);
        Losses = _solver.Net.Outputs.Names.ToDictionary(name => name, _ => new List<float>());
        _solver.GradientsReady += (_, _) =>
        {
            foreach ((string name, List<float> losses) in Losses)
            {
                losses.Add(_solver.Net.Outputs[name].Data.Span[0]);
            }
        };
    }

    /// <summary>By the net's outputs, the loss of each iteration so far.</summary>
    public Dictionary<string, List<float>> Losses { get; }

    /// <summary>Continues for some iterations.</summary>
    /// <returns>Milliseconds of one.</returns>
    public double Step(int iterations)
    {
        long start = Stopwatch.GetTimestamp();
        _solver.Step(iterations);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / iterations;
    }

    public void Dispose()
    {
        _solver.Dispose();
        _queue.Dispose();
        _batches.Dispose();
        _stores.Dispose();
    }
}
