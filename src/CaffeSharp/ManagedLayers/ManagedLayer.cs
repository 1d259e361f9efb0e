using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>A layer whose computation is written in C#. Derive from it, make the class known with
/// <see cref="ManagedLayers.Register{T}(string, string)"/>, and name it in a prototxt:
/// <code>layer { name: "loss" type: "Managed" bottom: "a" bottom: "b" top: "loss" loss_weight: 1
///         python_param { module: "my" layer: "Loss" param_str: "scale=2" } }</code>
/// The type "Python" does the same, so that a prototxt written for pycaffe loads unchanged. Each layer of each net is an
/// its own object, which one thread uses at a time: the one that makes, runs or disposes the net. Blobs given to a method
/// are lent for that call; the parameters live as long as the layer. An exception of a method surfaces, as itself, from the
/// call that made or ran the net, with the layer's name in its <see cref="Exception.Data"/> under
/// <see cref="FailedLayerKey"/>; a net that was made stays usable. A class that is <see cref="IDisposable"/> is disposed
/// when its net is freed. A method may use other nets, but not the one it belongs to.</summary>
public abstract class ManagedLayer
{
    /// <summary>Under this key of <see cref="Exception.Data"/> is the name of the layer whose method threw.</summary>
    public const string FailedLayerKey = "CaffeSharp.Layer";

    private readonly List<Blob> _parameters = [];
    private ManagedLayerCall? _setUp;
    private int _claimed;

    /// <summary>The layer's name in the prototxt; empty before <see cref="SetUp"/>, like the other properties.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>"Python" or "Managed".</summary>
    public string Type { get; private set; } = string.Empty;

    /// <summary>The module in python_param.</summary>
    public string Module { get; private set; } = string.Empty;

    /// <summary>The layer in python_param.</summary>
    public string ClassName { get; private set; } = string.Empty;

    /// <summary>The param_str in python_param: free text for the layer. Empty if there is none.</summary>
    public string ParameterString { get; private set; } = string.Empty;

    /// <summary>The layer's whole definition in prototxt syntax, for <see cref="Prototxt"/>.</summary>
    public string Definition { get; private set; } = string.Empty;

    /// <summary>The phase of the net.</summary>
    public Phase Phase { get; private set; }

    /// <summary>What the layer learns, in the order in which it was added; weights are copied into it, shared and saved as for
    /// any layer.</summary>
    public IReadOnlyList<Blob> Parameters => _parameters;

    internal int BottomCount { get; private set; }

    internal int TopCount { get; private set; }

    /// <summary>Called once, when the net is made, before the first <see cref="Reshape"/>: checks the numbers of bottoms and
    /// tops, reads <see cref="ParameterString"/>, adds parameters. By itself it does nothing.</summary>
    /// <param name="bottoms">The bottoms, in their shapes; none for a layer that makes data.</param>
    /// <param name="tops">The tops, not shaped yet.</param>
    protected virtual void SetUp(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
    }

    /// <summary>Called before every <see cref="Forward"/>: shapes the tops after the bottoms.</summary>
    /// <param name="bottoms">The bottoms, in their shapes.</param>
    /// <param name="tops">The tops, to be reshaped.</param>
    protected abstract void Reshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops);

    /// <summary>Computes the tops' data.</summary>
    /// <param name="bottoms">The bottoms, with their data.</param>
    /// <param name="tops">The tops, in the shapes that <see cref="Reshape"/> gave them. The diff of a top that is a loss
    /// holds its loss weight, which stays Caffe's.</param>
    protected abstract void Forward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops);

    /// <summary>Sets the bottoms' diffs from those of the tops, and adds to those of the parameters.</summary>
    /// <param name="tops">The tops, with their data and diffs.</param>
    /// <param name="propagateDown">By bottom, whether its diff is required.</param>
    /// <param name="bottoms">The bottoms, with their data.</param>
    protected abstract void Backward(
        IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms);

    /// <summary>Adds a parameter, of zeros; fill it in <see cref="SetUp"/>.</summary>
    /// <param name="shape">Lengths of the axes, as for a new blob.</param>
    /// <exception cref="InvalidOperationException">This is not <see cref="SetUp"/>: Caffe looks for parameters right after
    /// it.</exception>
    /// <exception cref="ArgumentException">No blob can have the shape.</exception>
    /// <exception cref="CaffeException">There is no memory for it.</exception>
    protected Blob AddParameter(params ReadOnlySpan<int> shape)
    {
        ManagedLayerCall setUp = _setUp
            ?? throw new InvalidOperationException($"Parameters are added in {nameof(SetUp)}, when Caffe looks for them.");
        Blob parameter = setUp.AddParameter(shape, $"{Name}[{_parameters.Count}]");
        _parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Refuses an object that is a layer already.</summary>
    internal void Claim()
    {
        if (Interlocked.Exchange(ref _claimed, 1) != 0)
        {
            throw new InvalidOperationException(
                $"This {GetType()} is layer '{Name}' of a net already; each layer requires its own object.");
        }
    }

    internal unsafe void Describe(in NativeManagedDescription description)
    {
        Name = UnownedStringMarshaller.ConvertToManaged(description.Name);
        Type = UnownedStringMarshaller.ConvertToManaged(description.Type);
        Module = UnownedStringMarshaller.ConvertToManaged(description.Module);
        ClassName = UnownedStringMarshaller.ConvertToManaged(description.Layer);
        ParameterString = UnownedStringMarshaller.ConvertToManaged(description.ParamStr);
        Definition = UnownedStringMarshaller.ConvertToManaged(description.Definition);
        Phase = (Phase)description.Phase;
        BottomCount = description.BottomCount;
        TopCount = description.TopCount;
    }

    internal void RunSetUp(ManagedLayerCall call, IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        _setUp = call;
        try
        {
            SetUp(bottoms, tops);
        }
        finally
        {
            _setUp = null;
        }
    }

    internal void RunReshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops) => Reshape(bottoms, tops);

    internal void RunForward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops) => Forward(bottoms, tops);

    internal void RunBackward(
        IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms) =>
        Backward(tops, propagateDown, bottoms);

    /// <summary>The end: the native half is gone.</summary>
    internal void Release()
    {
        foreach (Blob parameter in _parameters)
        {
            parameter.Release();
        }

        (this as IDisposable)?.Dispose();
    }
}
