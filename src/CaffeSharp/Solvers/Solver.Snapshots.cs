using CaffeSharp.Interop;

namespace CaffeSharp;

/// <content>Snapshots, and continuing from them.</content>
public sealed partial class Solver
{
    private int _snapshotRequested;

    /// <summary>Whether a run that is cancelled by its token writes a snapshot before it ends.</summary>
    public bool SnapshotOnCancel { get; set; }

    /// <summary>Writes the weights and the solver's state beside each other, both or neither, as
    /// <c>snapshot_prefix_iter_N.caffemodel</c> and <c>.solverstate</c>; or, with <c>snapshot_format: HDF5</c>, the same
    /// with <c>.h5</c>.</summary>
    /// <returns>The two files.</returns>
    /// <exception cref="CaffeException">There is no snapshot_prefix, the files cannot be written, or another thread is
    /// inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The solver is disposed.</exception>
    public SolverSnapshot Snapshot()
    {
        SolverNative.caffe_solver_snapshot(Handle, out string weights, out string state).ThrowIfFailed();
        return new(weights, state);
    }

    /// <summary>Continues where a snapshot was taken: weights, iteration, step and history. The weights are looked for where
    /// the state says, then beside it.</summary>
    /// <param name="statePath">A solverstate of either format.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">The state or its weights are missing, truncated or another solver's; the solver is
    /// then as it was. Or another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The solver is disposed.</exception>
    public void Restore(string statePath)
    {
        NativeText.CheckedPath(statePath);
        SolverNative.caffe_solver_restore(Handle, statePath).ThrowIfFailed();
    }

    /// <summary>Asks the run under way for a snapshot after its current iteration. May be called from any thread.</summary>
    public void RequestSnapshot() => Interlocked.Exchange(ref _snapshotRequested, 1);

    private bool SnapshotIsDue(int iteration)
    {
        bool requested = Interlocked.Exchange(ref _snapshotRequested, 0) != 0;
        return requested || (_parameter.Snapshot > 0 && iteration % _parameter.Snapshot == 0);
    }

    private void WriteSnapshot(IProgress<SolverProgress>? progress)
    {
        SolverSnapshot snapshot = Snapshot();
        progress?.Report(new()
        {
            Kind = SolverProgressKind.Snapshot,
            Iteration = Iteration,
            LearningRate = LearningRate,
            Snapshot = snapshot,
        });
    }
}
