using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace CaffeSharp;

/// <content>Inputs of more rows than the net takes at once, and runs that are awaited.</content>
public sealed partial class Net
{
    private readonly NetOwnership _ownership = new();

    /// <summary>Runs the net over all rows of some tensors, as many at a time as its inputs have, and gathers the outputs'
    /// rows: net.forward_all of pycaffe. The last batch is padded with rows of zeros, whose outputs are left out. Reshape the
    /// inputs first for another batch size.</summary>
    /// <param name="inputs">A tensor for each input: its first axis counts the rows, the others are the input's. One that is not
    /// dense, as a slice, is copied first.</param>
    /// <param name="blobs">Names of blobs to gather besides the outputs; null for none.</param>
    /// <param name="cancellationToken">Stops between two layers.</param>
    /// <returns>By blob, a tensor of as many rows as the inputs have.</returns>
    /// <exception cref="ArgumentException">An input has no tensor, a tensor no input or another shape; or the net has no
    /// inputs.</exception>
    /// <exception cref="KeyNotFoundException">There is no such blob.</exception>
    /// <exception cref="InvalidOperationException">A blob has no row for each of the batch, as a loss.</exception>
    /// <exception cref="CaffeException">A layer failed (with the layer), or another thread is inside the net.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public IReadOnlyDictionary<string, Tensor<float>> ForwardAll(
        IReadOnlyDictionary<string, Tensor<float>> inputs, IReadOnlyList<string>? blobs = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Owning(() => RunForwardAll(inputs, blobs, cancellationToken));
    }

    /// <summary>Runs the net forward and backward over all rows of some tensors, as <see cref="ForwardAll"/>, and gathers
    /// values and diffs: net.forward_backward_all of pycaffe. The parameters' diffs add up over the batches; rows of the
    /// padding add nothing to them where the outputs' diffs are given.</summary>
    /// <param name="inputs">A tensor for each input.</param>
    /// <param name="outputDiffs">A tensor for each output, of as many rows, from which the gradients start; null to start
    /// from the losses.</param>
    /// <param name="blobs">Names of blobs whose values to gather besides the outputs; null for none.</param>
    /// <param name="diffs">Names of blobs whose diffs to gather besides the inputs; null for none. Caffe computes an input's
    /// diff where the definition says <c>force_backward: true</c>.</param>
    /// <param name="cancellationToken">Stops between two layers.</param>
    /// <exception cref="ArgumentException">An input or output has no tensor, a tensor no input or output or another shape; or
    /// the numbers of rows differ.</exception>
    /// <exception cref="KeyNotFoundException">There is no such blob.</exception>
    /// <exception cref="InvalidOperationException">A blob has no row for each of the batch, as a loss.</exception>
    /// <exception cref="CaffeException">A layer failed (with the layer), or another thread is inside the net.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public GradientArrays ForwardBackwardAll(
        IReadOnlyDictionary<string, Tensor<float>> inputs, IReadOnlyDictionary<string, Tensor<float>>? outputDiffs = null,
        IReadOnlyList<string>? blobs = null, IReadOnlyList<string>? diffs = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Owning(() => RunForwardBackwardAll(inputs, outputDiffs, blobs, diffs, cancellationToken));
    }

    /// <summary>Runs all layers on its own thread, which is not one of the pool's. At most <see cref="CaffeRuntime.Threads"/>
    /// such runs are under way at once; others wait without a thread. The net belongs to the call until the task is over: other calls
    /// are refused (<see cref="CaffeErrorKind.Busy"/>).</summary>
    /// <param name="cancellationToken">Stops between two layers, or before the first.</param>
    /// <returns>The weighted sum of the losses. The task fails as <see cref="Forward()"/> does.</returns>
    public Task<float> ForwardAsync(CancellationToken cancellationToken = default) =>
        OwningAsync(() => InterruptiblePass.Forward(this, cancellationToken), cancellationToken);

    /// <summary><see cref="ForwardAll"/> on its own thread, as <see cref="ForwardAsync"/>.</summary>
    /// <param name="inputs">A tensor for each input.</param>
    /// <param name="blobs">Names of blobs to gather besides the outputs; null for none.</param>
    /// <param name="cancellationToken">Stops between two layers, or before the first.</param>
    /// <returns>By blob, a tensor of as many rows as the inputs have. The task fails as <see cref="ForwardAll"/>
    /// does.</returns>
    public Task<IReadOnlyDictionary<string, Tensor<float>>> ForwardAllAsync(
        IReadOnlyDictionary<string, Tensor<float>> inputs, IReadOnlyList<string>? blobs = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return OwningAsync<IReadOnlyDictionary<string, Tensor<float>>>(() => RunForwardAll(inputs, blobs, cancellationToken), cancellationToken);
    }

    /// <summary><see cref="ForwardBackwardAll"/> on its own thread, as <see cref="ForwardAsync"/>.</summary>
    /// <param name="inputs">A tensor for each input.</param>
    /// <param name="outputDiffs">A tensor for each output; null to start from the losses.</param>
    /// <param name="blobs">Names of blobs whose values to gather besides the outputs; null for none.</param>
    /// <param name="diffs">Names of blobs whose diffs to gather besides the inputs; null for none.</param>
    /// <param name="cancellationToken">Stops between two layers, or before the first.</param>
    /// <returns>Values and diffs. The task fails as <see cref="ForwardBackwardAll"/> does.</returns>
    public Task<GradientArrays> ForwardBackwardAllAsync(
        IReadOnlyDictionary<string, Tensor<float>> inputs, IReadOnlyDictionary<string, Tensor<float>>? outputDiffs = null,
        IReadOnlyList<string>? blobs = null, IReadOnlyList<string>? diffs = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return OwningAsync(
            () => RunForwardBackwardAll(inputs, outputDiffs, blobs, diffs, cancellationToken), cancellationToken);
    }

    /// <summary>Runs the net over inputs as they come, each as <see cref="ForwardAllAsync(IReadOnlyDictionary{string, Tensor{float}},
    /// IReadOnlyList{string}?, CancellationToken)"/> does, and gives the results in the same order. The net is free between
    /// two of them.</summary>
    /// <param name="batches">The inputs, of any numbers of rows.</param>
    /// <param name="blobs">Names of blobs to gather besides the outputs; null for none.</param>
    /// <param name="cancellationToken">Stops between two layers, or while waiting for inputs.</param>
    /// <returns>The results. Enumerating them fails as <see cref="ForwardAll"/> does.</returns>
    public IAsyncEnumerable<IReadOnlyDictionary<string, Tensor<float>>> ForwardAllAsync(
        IAsyncEnumerable<IReadOnlyDictionary<string, Tensor<float>>> batches, IReadOnlyList<string>? blobs = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return Stream(batches, blobs, cancellationToken);
    }

    /// <summary>Refuses a thread that is not the one the net belongs to for now.</summary>
    internal void RequireFree()
    {
        ThrowIfDisposed();
        _ownership.Require(this);
    }

    private async IAsyncEnumerable<IReadOnlyDictionary<string, Tensor<float>>> Stream(
        IAsyncEnumerable<IReadOnlyDictionary<string, Tensor<float>>> batches, IReadOnlyList<string>? blobs,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyDictionary<string, Tensor<float>> batch in
            batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return await ForwardAllAsync(batch, blobs, cancellationToken).ConfigureAwait(false);
        }
    }

    private T Owning<T>(Func<T> run)
    {
        ThrowIfDisposed();
        _ownership.Reserve(this);
        try
        {
            _ownership.Enter();
            return run();
        }
        finally
        {
            _ownership.Release();
        }
    }

    private async Task<T> OwningAsync<T>(Func<T> run, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        _ownership.Reserve(this);
        try
        {
            return await NetThreads.Run(
                () =>
                {
                    _ownership.Enter();
                    return run();
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ownership.Release();
        }
    }

    private Dictionary<string, Tensor<float>> RunForwardAll(
        IReadOnlyDictionary<string, Tensor<float>> inputs, IReadOnlyList<string>? blobs, CancellationToken cancellationToken)
    {
        RowSource source = InputRows(inputs);
        RowSink[] sinks = Sinks(Outputs, blobs, BlobPart.Data, source);
        for (int row = 0; row < source.Rows; row += source.BatchSize)
        {
            source.Fill(row);
            InterruptiblePass.Forward(this, cancellationToken);
            TakeRows(sinks, row);
        }

        return Gathered(sinks);
    }

    private GradientArrays RunForwardBackwardAll(
        IReadOnlyDictionary<string, Tensor<float>> inputs, IReadOnlyDictionary<string, Tensor<float>>? outputDiffs,
        IReadOnlyList<string>? blobs, IReadOnlyList<string>? diffs, CancellationToken cancellationToken)
    {
        RowSource source = InputRows(inputs);
        RowSource? gradients = outputDiffs is null
            ? null
            : new(this, outputDiffs, Outputs, BlobPart.Diff, nameof(outputDiffs));
        if (gradients is not null && (gradients.Rows, gradients.BatchSize) != (source.Rows, source.BatchSize))
        {
            throw new ArgumentException(
                $"The outputs' diffs have {gradients.Rows} rows, {gradients.BatchSize} a batch; the inputs have {source.Rows}, " +
                $"{source.BatchSize} a batch.", nameof(outputDiffs));
        }

        RowSink[] values = Sinks(Outputs, blobs, BlobPart.Data, source);
        RowSink[] slopes = Sinks(Inputs, diffs, BlobPart.Diff, source);
        for (int row = 0; row < source.Rows; row += source.BatchSize)
        {
            source.Fill(row);
            InterruptiblePass.Forward(this, cancellationToken);
            TakeRows(values, row);
            gradients?.Fill(row);
            InterruptiblePass.Backward(this, cancellationToken);
            TakeRows(slopes, row);
        }

        return new(Gathered(values), Gathered(slopes));
    }

    private RowSource InputRows(IReadOnlyDictionary<string, Tensor<float>> inputs)
    {
        RequireInputs(nameof(inputs));
        return new(this, inputs, Inputs, BlobPart.Data, nameof(inputs));
    }

    private RowSink[] Sinks(NamedList<Blob> always, IReadOnlyList<string>? more, BlobPart part, RowSource source) =>
        [.. always.Concat((more ?? []).Select(name => Blobs[name])).Distinct()
            .Select(blob => new RowSink(blob, part, source.Rows, source.BatchSize))];

    private static void TakeRows(RowSink[] sinks, int firstRow)
    {
        foreach (RowSink sink in sinks)
        {
            sink.Take(firstRow);
        }
    }

    private static Dictionary<string, Tensor<float>> Gathered(RowSink[] sinks) =>
        sinks.ToDictionary(sink => sink.Name, sink => sink.Rows, StringComparer.Ordinal);
}
