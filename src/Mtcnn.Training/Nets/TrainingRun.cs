using System.Diagnostics;
using CaffeSharp;
using Mtcnn.Training.Batches;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Nets;

/// <summary>A running training: the stores, the batches, the solver and the output files.</summary>
internal sealed class TrainingRun : IDisposable
{
    // The number of iterations between progress reports and checks of the losses.
    private const int ReportInterval = 50;

    private readonly NetTrainingOptions _options;
    private readonly TrainingFolder _files;
    private readonly TrainableNet _net;
    private readonly IProgress<NetTrainingProgress>? _progress;
    private readonly PreparedStores _stores;
    private readonly PreparedStores? _validationStores;
    private readonly PreparedBatches _batches;
    private readonly BatchQueue _queue;
    private readonly Solver _solver;
    private readonly Validator _validator;
    private readonly TrainingLog _log;
    private readonly LossMeans _losses;
    private readonly int _first;
    private readonly double _secondsBefore;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <exception cref="RunException">The crops do not match the options.</exception>
    /// <exception cref="CaffeException">A store, the first weights or a snapshot cannot be read.</exception>
    internal TrainingRun(NetTrainingOptions options, TrainingFolder files, IProgress<NetTrainingProgress>? progress)
    {
        _options = options;
        _files = files;
        _progress = progress;
        _net = TrainableNet.Of(options.Net);
        (string StatePath, int Iteration)? snapshot = files.FindSnapshot();
        _first = snapshot?.Iteration ?? 0;
        _log = new TrainingLog(files.LogPath, _first);
        _secondsBefore = _log.Rows.Count > 0 ? _log.Rows[^1].Seconds : 0;
        try
        {
            _stores = new PreparedStores(options.Crops, options.Net);
            _validationStores = options.ValidationCrops.Count > 0 ? new PreparedStores(options.ValidationCrops, options.Net) : null;
            double heldOut = _validationStores is null ? options.HeldOut : 0;
            _batches = new PreparedBatches(_stores.ToTrain(heldOut), options);
            _queue = new BatchQueue(_batches, _first);
            _solver = TrainingSolver.Make(options, files.Folder, files.SnapshotPrefix, _queue);
            _losses = new LossMeans(_solver);
            _validator = new Validator(options, _solver.Net, _validationStores?.HeldOut(1) ?? _stores.HeldOut(heldOut));
            Begin(snapshot?.StatePath);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal NetTrainingSummary Run(CancellationToken stop)
    {
        try
        {
            for (int iteration = _first; iteration < _options.Iterations;)
            {
                int next = NextStop(iteration);
                _solver.Step(next - iteration, null, stop);
                iteration = next;
                if (iteration % _options.ValidationInterval == 0 || iteration == _options.Iterations)
                {
                    Validate(iteration, stop);
                }
                else
                {
                    Report(iteration);
                }

                if (_options.SnapshotInterval > 0 && iteration % _options.SnapshotInterval == 0 && iteration < _options.Iterations)
                {
                    Snapshot();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Snapshot();
            throw;
        }

        return Finish(stop);
    }

    public void Dispose()
    {
        _validator?.Dispose();
        _solver?.Dispose();
        _queue?.Dispose();
        _batches?.Dispose();
        _validationStores?.Dispose();
        _stores?.Dispose();
    }

    private void Begin(string? snapshot)
    {
        if (snapshot is not null)
        {
            _solver.Restore(snapshot);
            Say($"resumes at iteration {_first}, from {snapshot}");
        }
        else if (_options.InitialWeights is { } weights)
        {
            WeightsReport report = _solver.Net.CopyFrom(weights);
            string others = report.MissingLayers.Count > 0 ? $"; initialized randomly: {string.Join(", ", report.MissingLayers)}" : string.Empty;
            Say($"starts with {weights}, layers {string.Join(", ", report.CopiedLayers)}{others}");
        }
    }

    private int NextStop(int iteration)
    {
        int next = Math.Min(_options.Iterations, After(iteration, ReportInterval));
        next = Math.Min(next, After(iteration, _options.ValidationInterval));
        return _options.SnapshotInterval > 0 ? Math.Min(next, After(iteration, _options.SnapshotInterval)) : next;
    }

    private static int After(int iteration, int interval) => (int)Math.Min(int.MaxValue, (((long)iteration / interval) + 1) * interval);

    private void Validate(int iteration, CancellationToken stop)
    {
        NetValidation validation = _validator.Run(stop);
        TrainingLogRow row = new(iteration, Seconds(), _solver.LearningRate, _losses.Take(), validation);
        _log.Add(row);
        Report(iteration, row);
    }

    private void Snapshot() => Say($"snapshot {_solver.Snapshot().StatePath}");

    private NetTrainingSummary Finish(CancellationToken stop)
    {
        if (_log.Rows is not [.., { } last] || last.Iteration != _options.Iterations)
        {
            // The training was stopped between its last batch and the validation.
            Validate(_options.Iterations, stop);
        }

        using (Net deploy = Net.FromText(_net.Deploy.Prototxt, name: _net.Deploy.FileName))
        {
            deploy.ShareWith(_solver.Net);
            deploy.Save(_files.WeightsPath);
        }

        NetTrainingSummary summary = new()
        {
            Net = _net.Name,
            Weights = Path.GetFileName(_files.WeightsPath),
            Seconds = Seconds(),
            Log = _log.Rows,
            Options = _options,
        };
        _files.Write(summary);
        return summary;
    }

    private double Seconds() => _secondsBefore + Stopwatch.GetElapsedTime(_start).TotalSeconds;

    private void Report(int iteration, TrainingLogRow? row = null) => _progress?.Report(new()
    {
        Iteration = iteration,
        Iterations = _options.Iterations,
        IterationsPerSecond = (iteration - _first) / Stopwatch.GetElapsedTime(_start).TotalSeconds,
        Losses = row?.Losses ?? _losses.Value,
        LogRow = row,
    });

    private void Say(string message) => _progress?.Report(new() { Iteration = _solver.Iteration, Iterations = _options.Iterations, Message = message });
}
