using System.Numerics.Tensors;

namespace CaffeSharp;

/// <content>From tensors to tensors.</content>
public sealed partial class Net
{
    /// <summary>Sets the inputs, runs all layers once, and returns the outputs: <c>net.forward(data=image)</c> of pycaffe. Each
    /// input is reshaped to its tensor's shape and keeps it; for more rows than memory allows at once, see
    /// <see cref="ForwardAll"/>. As <see cref="Forward()"/>, it may be called from any thread, by one at a time.</summary>
    /// <param name="inputs">By name, a tensor for each of <see cref="Inputs"/>, with as many axes as the input has. Its values
    /// are copied into the net; one that is not dense, as a slice, is read in its own order.</param>
    /// <param name="cancellationToken">Stops between two layers. The inputs are set then.</param>
    /// <returns>A tensor for each of <see cref="Outputs"/>, by name and in their order. They are copies: they outlive the net
    /// and its next run. A scalar, as a loss, is a tensor of the shape 1.</returns>
    /// <exception cref="ArgumentException">An input has no tensor; a tensor is not an input's, is empty, or has another number of
    /// axes than its input; or the net has no inputs. No input was changed.</exception>
    /// <exception cref="CaffeException">A layer failed (with the layer), as for a shape that it cannot take; or another thread
    /// is inside the net. The inputs may have their new shapes; another run with shapes that fit will do.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public IReadOnlyDictionary<string, Tensor<float>> Run(
        IReadOnlyDictionary<string, Tensor<float>> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Owning(() => RunOnce(inputs, cancellationToken));
    }

    /// <summary><see cref="Run(IReadOnlyDictionary{string, Tensor{float}}, CancellationToken)"/> for a net of one input, whatever
    /// its name.</summary>
    /// <param name="input">The input's values; a <see cref="Tensor{T}"/> converts. They are copied once, into the net.</param>
    /// <param name="cancellationToken">Stops between two layers. The input is set then.</param>
    /// <returns>A tensor for each of <see cref="Outputs"/>, by name.</returns>
    /// <exception cref="ArgumentException">The tensor is empty or has another number of axes than the input; or the net has
    /// not one input.</exception>
    /// <exception cref="CaffeException">A layer failed (with the layer), or another thread is inside the net.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public IReadOnlyDictionary<string, Tensor<float>> Run(
        in ReadOnlyTensorSpan<float> input, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        _ownership.Reserve(this);
        try
        {
            _ownership.Enter();
            Blob blob = OnlyInput();
            SetInput(blob, input, InputShape(blob, input.Lengths, nameof(input)));
            return RunForOutputs(cancellationToken);
        }
        finally
        {
            _ownership.Release();
        }
    }

    /// <summary><see cref="Run(IReadOnlyDictionary{string, Tensor{float}}, CancellationToken)"/> on its own thread, as
    /// <see cref="ForwardAsync"/>.</summary>
    /// <param name="inputs">By name, a tensor for each input. Do not change them until the task is over.</param>
    /// <param name="cancellationToken">Stops between two layers, or before the first.</param>
    /// <returns>A tensor for each output, by name. The task fails as
    /// <see cref="Run(IReadOnlyDictionary{string, Tensor{float}}, CancellationToken)"/> does.</returns>
    public Task<IReadOnlyDictionary<string, Tensor<float>>> RunAsync(
        IReadOnlyDictionary<string, Tensor<float>> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return OwningAsync<IReadOnlyDictionary<string, Tensor<float>>>(() => RunOnce(inputs, cancellationToken), cancellationToken);
    }

    /// <summary><see cref="Run(in ReadOnlyTensorSpan{float}, CancellationToken)"/> on its own thread, as
    /// <see cref="ForwardAsync"/>.</summary>
    /// <param name="input">The input's values. Do not change them until the task is over.</param>
    /// <param name="cancellationToken">Stops between two layers, or before the first.</param>
    /// <returns>A tensor for each output, by name. The task fails as
    /// <see cref="Run(in ReadOnlyTensorSpan{float}, CancellationToken)"/> does.</returns>
    public Task<IReadOnlyDictionary<string, Tensor<float>>> RunAsync(
        Tensor<float> input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return OwningAsync<IReadOnlyDictionary<string, Tensor<float>>>(
            () =>
            {
                Blob blob = OnlyInput();
                SetInput(blob, input, InputShape(blob, input.Lengths, nameof(input)));
                return RunForOutputs(cancellationToken);
            },
            cancellationToken);
    }

    private static void SetInput(Blob blob, in ReadOnlyTensorSpan<float> tensor, int[] shape)
    {
        if (!blob.Shape.SequenceEqual(shape))
        {
            blob.Reshape(shape);
        }

        tensor.FlattenTo(blob.MutableData.Span);
    }

    private OrderedDictionary<string, Tensor<float>> RunOnce(
        IReadOnlyDictionary<string, Tensor<float>> inputs, CancellationToken cancellationToken)
    {
        RequireInputs(nameof(inputs));
        (Tensor<float> Tensor, Blob Blob)[] given = NamedTensors.Match(this, inputs, Inputs, "input", nameof(inputs));
        int[][] shapes = Array.ConvertAll(given, input => InputShape(input.Blob, input.Tensor.Lengths, nameof(inputs)));
        for (int index = 0; index < given.Length; index++)
        {
            SetInput(given[index].Blob, given[index].Tensor, shapes[index]);
        }

        return RunForOutputs(cancellationToken);
    }

    private OrderedDictionary<string, Tensor<float>> RunForOutputs(CancellationToken cancellationToken)
    {
        InterruptiblePass.Forward(this, cancellationToken);
        OrderedDictionary<string, Tensor<float>> outputs = new(StringComparer.Ordinal);
        foreach (Blob output in Outputs)
        {
            outputs[output.Name] = output.ToTensor();
        }

        return outputs;
    }

    /// <summary>The shape that an input takes for a tensor.</summary>
    private int[] InputShape(Blob input, ReadOnlySpan<nint> lengths, string parameter)
    {
        ReadOnlySpan<int> current = input.Shape;
        if (current.IsEmpty && lengths is [1])
        {
            return [];
        }

        string tensor = $"The tensor for the input '{input.Name}' ({BlobShape.Describe(current)}) of net '{Name}'";
        if (lengths.Length != current.Length)
        {
            throw new ArgumentException(
                $"{tensor} is {TensorShape.Describe(lengths)}: it has {lengths.Length} axes, and the input has {current.Length}. " +
                "Tensor.Unsqueeze adds an axis, as that of a batch of one, and Tensor.Reshape makes others.", parameter);
        }

        return lengths.Contains(0)
            ? throw new ArgumentException($"{tensor} is {TensorShape.Describe(lengths)}, which is empty.", parameter)
            : TensorShape.Of(lengths, parameter);
    }

    private void RequireInputs(string parameter)
    {
        if (Inputs.Count == 0)
        {
            throw new ArgumentException($"The net '{Name}' has no inputs: it makes or reads its data itself.", parameter);
        }
    }

    private Blob OnlyInput()
    {
        RequireInputs("input");
        return Inputs.Count == 1
            ? Inputs[0]
            : throw new ArgumentException(
                $"The net '{Name}' has {Inputs.Count} inputs ({string.Join(", ", Inputs.Names)}); give their tensors by name.", "input");
    }
}
