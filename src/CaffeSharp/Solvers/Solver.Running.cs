using CaffeSharp.Interop;

namespace CaffeSharp;

/// <content>The iterations.</content>
public sealed partial class Solver
{
    private int _running;
    private volatile bool _stopRequested;

    /// <summary>Whether a run ends with an exception when a loss or, on the CPU, a gradient is NaN or infinite, before the
    /// weights are updated by it. On unless said otherwise.</summary>
    public bool StopOnNaN { get; set; } = true;

    /// <summary>Runs iterations, with the tests, displays and snapshots that are due, as Caffe's Solver::Step.</summary>
    /// <param name="iterations">How many.</param>
    /// <param name="progress">Receives displays, tests and snapshots.</param>
    /// <param name="cancellationToken">Stops between two layers; the weights are those of the last whole iteration.</param>
    /// <returns>The loss of the last iteration, averaged over the last <c>average_loss</c> of this run; 0 without any.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="CaffeException">A layer failed (with the layer); a number is NaN (with the layer and the first blob
    /// that has it); a snapshot cannot be written; or another thread is inside the solver.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The solver is disposed.</exception>
    public float Step(
        int iterations, IProgress<SolverProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(iterations);
        return Exclusively(() => Run(iterations, progress, cancellationToken).Value);
    }

    /// <summary>Trains up to <c>max_iter</c>, with a snapshot, a display and a test at the end where they are due, as
    /// Caffe's Solver::Solve.</summary>
    /// <param name="progress">Receives displays, tests and snapshots.</param>
    /// <param name="cancellationToken">Stops between two layers; the weights are those of the last whole iteration.</param>
    /// <returns>Whether it went to its end; false if <see cref="Stop"/> ended it early.</returns>
    /// <exception cref="CaffeException">As for <see cref="Step"/>. That the snapshot at the end cannot be written is found
    /// out before the first iteration.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The solver is disposed.</exception>
    public bool Solve(IProgress<SolverProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Exclusively(() =>
        {
            if (_parameter.SnapshotAfterTrain)
            {
                SnapshotTarget.Check(_parameter.SnapshotPrefix, _display);
            }

            int start = Iteration;
            SmoothedLoss loss = Run(_parameter.MaxIter - start, progress, cancellationToken);
            int iteration = Iteration;
            if (_parameter.SnapshotAfterTrain && (_parameter.Snapshot == 0 || iteration % _parameter.Snapshot != 0))
            {
                WriteSnapshot(progress);
            }

            if (_stopRequested)
            {
                return false;
            }

            if (DisplayIsDue(iteration))
            {
                loss.Add(InterruptiblePass.Forward(_net, cancellationToken), iteration - start);
                ReportDisplay(progress, iteration, loss.Value);
            }

            if (_parameter.TestInterval > 0 && iteration % _parameter.TestInterval == 0)
            {
                TestAll(progress, iteration, cancellationToken);
            }

            return true;
        });

    /// <summary>Ends the run under way after its current iteration, early and well. May be called from any thread, and from
    /// the events and the progress.</summary>
    public void Stop() => _stopRequested = true;

    private T Exclusively<T>(Func<T> run)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new CaffeException($"{_display}: the solver is running already, on this thread or another.")
            {
                Kind = CaffeErrorKind.Busy,
            };
        }

        try
        {
            _stopRequested = false;
            return run();
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    private SmoothedLoss Run(int iterations, IProgress<SolverProgress>? progress, CancellationToken cancellationToken)
    {
        SmoothedLoss loss = new(_parameter.AverageLoss);
        try
        {
            for (int done = 0; done < iterations && !_stopRequested; done++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Iterate(loss, done, progress, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (SnapshotOnCancel && cancellationToken.IsCancellationRequested)
        {
            WriteSnapshot(progress);
            throw;
        }

        return loss;
    }

    private void Iterate(
        SmoothedLoss loss, int index, IProgress<SolverProgress>? progress, CancellationToken cancellationToken)
    {
        int iteration = Iteration;
        bool display = DisplayIsDue(iteration);
        SolverNative.caffe_solver_start_iteration(Handle, display && _parameter.DebugInfo ? 1 : 0).ThrowIfFailed();
        if (_parameter.TestInterval > 0 && iteration % _parameter.TestInterval == 0
            && (iteration > 0 || _parameter.TestInitialization))
        {
            TestAll(progress, iteration, cancellationToken);
            if (_stopRequested)
            {
                return;
            }
        }

        IterationStarting?.Invoke(this, EventArgs.Empty);
        loss.Add(Accumulate(iteration, cancellationToken), index);
        if (display)
        {
            ReportDisplay(progress, iteration, loss.Value);
        }

        GradientsReady?.Invoke(this, EventArgs.Empty);
        ApplyUpdate();
        if (SnapshotIsDue(iteration + 1))
        {
            WriteSnapshot(progress);
        }
    }

    /// <summary>Loss and gradients over the <c>iter_size</c> batches of an iteration.</summary>
    private float Accumulate(int iteration, CancellationToken cancellationToken)
    {
        float loss = 0;
        for (int batch = 0; batch < _parameter.IterSize; batch++)
        {
            float ofBatch = InterruptiblePass.Forward(_net, cancellationToken);
            if (StopOnNaN && !float.IsFinite(ofBatch))
            {
                throw NonFinite(iteration, $"the loss is {ofBatch}", null);
            }

            InterruptiblePass.Backward(_net, cancellationToken);
            loss += ofBatch;
        }

        // On a GPU the gradients would have to be fetched first.
        if (StopOnNaN && !_net.Device.IsGpu && NonFiniteSearch.InGradients(_net) is { } gradient)
        {
            throw NonFinite(iteration, $"the gradient of parameter {gradient.Blob.Name} is not finite", gradient);
        }

        return loss / _parameter.IterSize;
    }

    /// <param name="iteration">When.</param>
    /// <param name="symptom">What was noticed.</param>
    /// <param name="gradient">The gradient that it was noticed in.</param>
    private CaffeException NonFinite(int iteration, string symptom, (Layer Layer, Blob Blob)? gradient)
    {
        (Layer Layer, Blob Blob, bool IsParameter)? value = NonFiniteSearch.InValues(_net);
        string origin = value is { } found
            ? $"; the first that is not finite is the {(found.IsParameter ? "parameter" : "blob")} {found.Blob.Name}" +
                $" at layer '{found.Layer.Name}' ({found.Layer.Type})"
            : "; all values of blobs and parameters are finite";
        return new(
            $"{_display}: iteration {iteration}: {symptom}{origin}. The weights are those of the iteration before; a lower " +
            $"learning rate (now {LearningRate}), clip_gradients or other data may help.")
        {
            Kind = CaffeErrorKind.Check,
            LayerName = (value?.Layer ?? gradient?.Layer)?.Name,
            BlobName = (value?.Blob ?? gradient?.Blob)?.Name,
        };
    }

    private void TestAll(IProgress<SolverProgress>? progress, int iteration, CancellationToken cancellationToken)
    {
        for (int index = 0; index < _testNets.Length && !_stopRequested; index++)
        {
            Test(index, progress, iteration, cancellationToken);
        }
    }

    private void Test(int index, IProgress<SolverProgress>? progress, int iteration, CancellationToken cancellationToken)
    {
        Net net = _testNets[index];
        ShareWeights(net);
        float loss = 0;
        float[] sums = [];
        int batches = _parameter.TestIter[index];
        for (int batch = 0; batch < batches; batch++)
        {
            loss += InterruptiblePass.Forward(net, cancellationToken);
            float[] values = [.. net.Outputs.SelectMany(output => output.ToArray())];
            sums = batch == 0 ? values : [.. sums.Zip(values, (sum, value) => sum + value)];
        }

        int at = 0;
        progress?.Report(new()
        {
            Kind = SolverProgressKind.Test,
            Iteration = iteration,
            LearningRate = LearningRate,
            Loss = _parameter.TestComputeLoss ? loss / batches : null,
            Outputs = Outputs(net, _ => sums[at++] / batches),
            TestNet = index,
        });
    }

    private bool DisplayIsDue(int iteration) => _parameter.Display > 0 && iteration % _parameter.Display == 0;

    private void ReportDisplay(IProgress<SolverProgress>? progress, int iteration, float loss) =>
        progress?.Report(new()
        {
            Kind = SolverProgressKind.Display,
            Iteration = iteration,
            LearningRate = LearningRate,
            Loss = loss,
            Outputs = Outputs(_net, value => value),
        });

    private static List<SolverOutput> Outputs(Net net, Func<float, float> value)
    {
        List<SolverOutput> outputs = [];
        foreach (Blob output in net.Outputs)
        {
            float weight = net.LossWeight(output.Name);
            outputs.AddRange(output.ToArray().Select((raw, index) => new SolverOutput(output.Name, index, value(raw), weight)));
        }

        return outputs;
    }
}
