using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>A network of Caffe, made from a prototxt. It may be used from any thread, by one at a time; a second thread
/// inside it is refused with <see cref="CaffeErrorKind.Busy"/>. Different nets run at the same time, and give the same
/// numbers as one after the other. Dispose it when done: its blobs, layers and views end with it, in any order.</summary>
[DebuggerDisplay("{Name} ({Device})")]
[SuppressMessage("Naming", "CA1724", Justification = "It is what Caffe calls it.")]
[SuppressMessage("Reliability", "CA2000", Justification = "The net that is made of a handle owns it.")]
public sealed partial class Net : IDisposable
{
    private readonly NetStructure _structure;
    private readonly NetOptions _options;

    /// <summary>Takes the handle over, also where this fails.</summary>
    /// <param name="handle">The net.</param>
    /// <param name="options">How it was made.</param>
    /// <param name="sharesParameters">Whether the memory of its parameters is another net's.</param>
    internal Net(NetHandle handle, NetOptions options, bool sharesParameters = false)
    {
        Handle = handle;
        Device = options.Device;
        _options = options;
        try
        {
            ChooseEngine();
            NetNative.caffe_net_name(handle, out string name).ThrowIfFailed();
            NetNative.caffe_net_phase(handle, out int phase).ThrowIfFailed();
            Name = name;
            Phase = (Phase)phase;
            _structure = new(this, handle, sharesParameters);
            AccountForMemory();
        }
        catch
        {
            _structure?.Release();
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The name in the prototxt; empty if it has none.</summary>
    public string Name { get; }

    /// <summary>The phase it was made for.</summary>
    public Phase Phase { get; }

    /// <summary>Where it runs, whatever thread calls.</summary>
    public Device Device { get; }

    /// <summary>What runs its layers (see <see cref="Layer.IsAccelerated"/>).</summary>
    public Engine Engine => _options.Engine;

    /// <summary>Whether it was disposed.</summary>
    public bool IsDisposed => Handle.IsClosed;

    /// <summary>Its layers, in the order in which they run; splits that Caffe inserted are among them.</summary>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public NamedList<Layer> Layers => Structure.Layers;

    /// <summary>Its blobs, in the order in which they appear; the same objects each time.</summary>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public NamedList<Blob> Blobs => Structure.Blobs;

    /// <summary>The blobs that are set from outside, of Input layers or input fields.</summary>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public NamedList<Blob> Inputs => Structure.Inputs;

    /// <summary>The blobs that no layer reads.</summary>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public NamedList<Blob> Outputs => Structure.Outputs;

    /// <summary>Learnt parameters by layer, in the order in which the layers run: net.params of pycaffe.</summary>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public IReadOnlyDictionary<string, IReadOnlyList<Blob>> Parameters => Structure.Parameters;

    internal NetHandle Handle { get; }

    private NetStructure Structure
    {
        get
        {
            ThrowIfDisposed();
            return _structure;
        }
    }

    /// <summary>Makes a net with the weights that its fillers give.</summary>
    /// <param name="prototxtPath">The definition.</param>
    /// <param name="options">How; null for inference on the CPU.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">The file is missing, is not a prototxt (with line and column), or Caffe cannot make
    /// this net (with the layer).</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static Net FromFile(string prototxtPath, NetOptions? options = null)
    {
        NativeText.CheckedPath(prototxtPath);
        NetOptions used = options ?? new();
        using NetOptionsMemory memory = new(used);
        NativeNetOptions native = memory.Value;
        NetNative.caffe_net_create_from_file(prototxtPath, in native, out NetHandle handle).ThrowIfFailed();
        return new(handle, used);
    }

    /// <summary>Makes a net with learnt weights.</summary>
    /// <param name="prototxtPath">The definition.</param>
    /// <param name="weightsPath">A caffemodel or HDF5 file.</param>
    /// <param name="options">How; null for inference on the CPU.</param>
    /// <exception cref="ArgumentException">A path is empty.</exception>
    /// <exception cref="CaffeException">As for a net without weights; or the weights are missing, damaged or another net's.
    /// Layers that the file does not know are not an error: see <see cref="CopyFrom(IReadOnlyList{string})"/>.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static Net FromFile(string prototxtPath, string weightsPath, NetOptions? options = null)
    {
        NativeText.CheckedPath(weightsPath);
        Net net = FromFile(prototxtPath, options);
        try
        {
            net.CopyFrom(weightsPath);
            return net;
        }
        catch
        {
            net.Dispose();
            throw;
        }
    }

    /// <summary>Makes a net from a definition in memory.</summary>
    /// <param name="prototxt">The definition, in prototxt syntax.</param>
    /// <param name="options">How; null for inference on the CPU.</param>
    /// <param name="name">What messages call the text; null for "&lt;text&gt;".</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    /// <exception cref="CaffeException">The text is not a prototxt (with line and column), or Caffe cannot make this net (with
    /// the layer).</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static Net FromText(string prototxt, NetOptions? options = null, string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prototxt);
        string? checkedName = name is null ? null : NativeText.Checked(name);
        NetOptions used = options ?? new();
        using NetOptionsMemory memory = new(used);
        NativeNetOptions native = memory.Value;
        byte[] text = Encoding.UTF8.GetBytes(prototxt);
        NetNative.caffe_net_create_from_text(text, text.Length, checkedName, in native, out NetHandle handle).ThrowIfFailed();
        return new(handle, used);
    }

    /// <summary>How much a blob counts in the net's loss; 0 for a blob that is not a loss.</summary>
    /// <param name="blob">The blob's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such blob.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public float LossWeight(string blob)
    {
        NetNative.caffe_net_blob_loss_weight(Handle, Blobs.IndexOf(blob), out float weight).ThrowIfFailed();
        return weight;
    }

    /// <summary>Writes all blobs, or some, as an .npz file that np.load reads, each under its name.</summary>
    /// <param name="path">The file, which is replaced, and appears whole or not at all.</param>
    /// <param name="blobs">Names of the blobs to write; none for all.</param>
    /// <exception cref="KeyNotFoundException">There is no such blob.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public void SaveBlobs(string path, params IReadOnlyList<string> blobs)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        IReadOnlyList<Blob> selected = blobs.Count == 0 ? Blobs : [.. blobs.Select(name => Blobs[name])];
        using NpzWriter writer = new(path);
        foreach (Blob blob in selected)
        {
            writer.Add(blob.Name, blob.Data.Span, blob.Shape);
        }

        writer.Complete();
    }

    /// <summary>Frees the net. May be called more than once, and while another thread is inside the net: it is freed when
    /// that thread leaves it.</summary>
    public void Dispose()
    {
        _structure.Release();
        Handle.Dispose();
    }

    internal void AccountForMemory() => Handle.AccountFor(_structure.Bytes);

    private void ChooseEngine()
    {
        if (_options.Engine == Engine.Caffe)
        {
            return;
        }

        NativeEngineOptions engine = new()
        {
            Engine = (int)_options.Engine,
            Threads = _options.EngineThreads.GetValueOrDefault(),
            InstructionSet = (int)_options.HighestInstructionSet,
        };
        EngineNative.caffe_engine_choose(Handle, in engine).ThrowIfFailed();
    }

    private void ThrowIfDisposed()
    {
        if (IsDisposed)
        {
            throw new ObjectDisposedException(nameof(Net), $"The net '{Name}' is disposed.");
        }
    }
}
