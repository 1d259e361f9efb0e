using System.Diagnostics;
using System.Numerics.Tensors;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Caffe's array: data and diff (gradient) of one shape, 32-bit floats, row-major. It belongs to a net, as an
/// activation or a parameter, or stands on its own. A net's blob ends with its net: disposing it alone does nothing. A
/// blob may be used from any thread, by one at a time.</summary>
[DebuggerDisplay("{Description}")]
public sealed class Blob : IDisposable
{
    /// <summary>The most axes that a blob has.</summary>
    public const int MaxAxes = 32;

    private readonly BlobHandle _handle;
    private readonly object? _owner;

    // By part, to read and to write; null if it was not asked for.
    private readonly BlobMemory?[] _memories = new BlobMemory?[4];
    private int[] _shape = [];
    private long _shapeVersion = -1;

    /// <summary>Makes a blob that stands on its own. Its values are 0.</summary>
    /// <param name="shape">Lengths of the axes, outermost first: at most 32, none negative; without any it is a scalar.</param>
    /// <exception cref="ArgumentException">No blob can have the shape.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public Blob(params ReadOnlySpan<int> shape)
    {
        int count = BlobShape.CheckedCount(shape);
        BlobNative.caffe_blob_create(shape, shape.Length, out _handle).ThrowIfFailed();
        _handle.AccountFor((long)count * sizeof(float));
        Name = string.Empty;
    }

    /// <param name="owner">The net, or the layer in C#, that the blob ends with.</param>
    /// <param name="handle">The blob.</param>
    /// <param name="name">Its name.</param>
    internal Blob(object owner, BlobHandle handle, string name)
    {
        _owner = owner;
        _handle = handle;
        Name = name;
    }

    private delegate CaffeStatus DevicePointerOf(BlobHandle blob, out nint pointer);

    /// <summary>The name in its net; "layer[index]" for a parameter; empty for a blob that stands on its own.</summary>
    public string Name { get; }

    /// <summary>Lengths of the axes, outermost first. The span is a copy: it stays as it is when the blob changes.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public ReadOnlySpan<int> Shape => CurrentShape();

    /// <summary>Number of axes.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public int Axes => CurrentShape().Length;

    /// <summary>Number of values.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public int Count => BlobShape.Count(CurrentShape());

    /// <summary>Length of axis 0, for blobs of at most four axes; 1 if there is no such axis.</summary>
    /// <exception cref="InvalidOperationException">The blob has more than four axes.</exception>
    public int Num => LegacyDimension(0);

    /// <summary>Length of axis 1, as <see cref="Num"/>.</summary>
    /// <exception cref="InvalidOperationException">The blob has more than four axes.</exception>
    public int Channels => LegacyDimension(1);

    /// <summary>Length of axis 2, as <see cref="Num"/>.</summary>
    /// <exception cref="InvalidOperationException">The blob has more than four axes.</exception>
    public int Height => LegacyDimension(2);

    /// <summary>Length of axis 3, as <see cref="Num"/>.</summary>
    /// <exception cref="InvalidOperationException">The blob has more than four axes.</exception>
    public int Width => LegacyDimension(3);

    /// <summary>The values, to read. Of a net on a GPU they are copied to the host first, if they do not exist yet.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    /// <exception cref="CaffeException">There is no memory for them.</exception>
    public ReadOnlyBlobView Data => new(new BlobSnapshot(this, BlobPart.Data, mutable: false));

    /// <summary>The values, to read and write.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    /// <exception cref="CaffeException">There is no memory for them.</exception>
    public BlobView MutableData => new(new BlobSnapshot(this, BlobPart.Data, mutable: true));

    /// <summary>The gradients, to read, as <see cref="Data"/>.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    /// <exception cref="CaffeException">There is no memory for them.</exception>
    public ReadOnlyBlobView Diff => new(new BlobSnapshot(this, BlobPart.Diff, mutable: false));

    /// <summary>The gradients, to read and write.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    /// <exception cref="CaffeException">There is no memory for them.</exception>
    public BlobView MutableDiff => new(new BlobSnapshot(this, BlobPart.Diff, mutable: true));

    /// <summary>CUDA device pointer to the values, to read; valid as long as a span would be.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    /// <exception cref="CaffeException">This is a CPU build (<see cref="CaffeErrorKind.Unsupported"/>).</exception>
    public nint GpuData => DevicePointer(BlobNative.caffe_blob_gpu_data);

    /// <summary>CUDA device pointer to the values, to write: the host's copy is out of date from now on.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    /// <exception cref="CaffeException">This is a CPU build (<see cref="CaffeErrorKind.Unsupported"/>).</exception>
    public nint MutableGpuData => DevicePointer(BlobNative.caffe_blob_mutable_gpu_data);

    /// <summary>CUDA device pointer to the gradients, as <see cref="GpuData"/>.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    /// <exception cref="CaffeException">This is a CPU build (<see cref="CaffeErrorKind.Unsupported"/>).</exception>
    public nint GpuDiff => DevicePointer(BlobNative.caffe_blob_gpu_diff);

    /// <summary>CUDA device pointer to the gradients, as <see cref="MutableGpuData"/>.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    /// <exception cref="CaffeException">This is a CPU build (<see cref="CaffeErrorKind.Unsupported"/>).</exception>
    public nint MutableGpuDiff => DevicePointer(BlobNative.caffe_blob_mutable_gpu_diff);

    /// <summary>How messages name it: "blob 'data' (1 x 3 x 12 x 12)".</summary>
    internal string Description =>
        (Name.Length == 0 ? "blob" : $"blob '{Name}'") + $" ({BlobShape.Describe(_shape)})";

    /// <summary>Reads an array of any numeric type from a file of NumPy into a blob that stands on its own. A scalar becomes
    /// a blob of the shape 1.</summary>
    /// <param name="path">The .npy file.</param>
    /// <exception cref="InvalidDataException">It is not such a file, or holds no numbers.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Blob LoadNpy(string path)
    {
        Tensor<float> tensor = Npy.Read(path);
        Blob blob = new(TensorShape.Of(tensor.Lengths));
        tensor.FlattenTo(blob.MutableData.Span);
        return blob;
    }

    /// <summary>Length of one axis.</summary>
    /// <param name="axis">The axis from 0; negative ones count from the last, -1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public int Dimension(int axis)
    {
        int[] shape = CurrentShape();
        if (axis < -shape.Length || axis >= shape.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(axis), axis, $"{Description} has {shape.Length} axes.");
        }

        return shape[axis < 0 ? axis + shape.Length : axis];
    }

    /// <summary>Gives it another shape. Views taken before are stale. Memory is kept where the new shape fits into it, and
    /// the values are undefined if it does not. A net sees new shapes of its inputs at its next run or
    /// <see cref="Net.Reshape"/>.</summary>
    /// <param name="shape">Lengths of the axes, as for a new blob.</param>
    /// <exception cref="ArgumentException">No blob can have the shape.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    /// <exception cref="CaffeException">There is no memory for it.</exception>
    public void Reshape(params ReadOnlySpan<int> shape)
    {
        int count = BlobShape.CheckedCount(shape);
        ThrowIfDisposed();
        BlobNative.caffe_blob_reshape(_handle, shape, shape.Length).ThrowIfFailed();
        if (_owner is null)
        {
            _handle.AccountFor((long)count * sizeof(float));
        }
    }

    /// <summary>Sets all values.</summary>
    /// <param name="values">As many as the blob has, row-major.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public void CopyFrom(ReadOnlySpan<float> values)
    {
        Span<float> data = MutableData.Span;
        if (values.Length != data.Length)
        {
            throw new ArgumentException(
                $"{values.Length} values were given for {Description}, which has {data.Length}.", nameof(values));
        }

        values.CopyTo(data);
    }

    /// <summary>Copies all values out.</summary>
    /// <param name="destination">Room for at least as many values as the blob has.</param>
    /// <exception cref="ArgumentException">It is too short.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public void CopyTo(Span<float> destination)
    {
        ReadOnlySpan<float> data = Data.Span;
        if (destination.Length < data.Length)
        {
            throw new ArgumentException(
                $"There is room for {destination.Length} values, and {Description} has {data.Length}.", nameof(destination));
        }

        data.CopyTo(destination);
    }

    /// <summary>The values as a new array, row-major.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public float[] ToArray() => Data.Span.ToArray();

    /// <summary>The values as a new tensor in the blob's shape, which outlives the blob. A scalar becomes a tensor of the
    /// shape 1.</summary>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public Tensor<float> ToTensor()
    {
        ReadOnlyBlobView data = Data;
        return TensorShape.Wrap(data.Span.ToArray(), data.Shape);
    }

    /// <summary>Writes the values in their shape as a file that np.load reads.</summary>
    /// <param name="path">The file, which is replaced; by custom it ends with .npy.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public void SaveNpy(string path) => Npy.Write(path, Data.Span, Shape);

    /// <summary>Frees a blob that stands on its own; nothing for a blob of a net, which ends with its net. May be called
    /// more than once.</summary>
    public void Dispose()
    {
        if (_owner is null)
        {
            _handle.Dispose();
        }
    }

    /// <summary>The shape as it is now; the same array as long as it has not changed.</summary>
    internal int[] CurrentShape()
    {
        ThrowIfDisposed();
        long version = BlobVersion.Current;
        if (Volatile.Read(ref _shapeVersion) == version)
        {
            return _shape;
        }

        Span<int> shape = stackalloc int[MaxAxes];
        BlobNative.caffe_blob_shape(_handle, shape, shape.Length, out int axes).ThrowIfFailed();
        return Remember(shape[..axes], version);
    }

    /// <summary>Memory and shape of one part as they are now, brought up to date; the same object as long as neither has
    /// changed.</summary>
    internal BlobMemory Memory(BlobPart part, bool mutable)
    {
        ThrowIfDisposed();
        ref BlobMemory? place = ref _memories[((int)part * 2) + (mutable ? 1 : 0)];
        BlobMemory? known = place;
        return known is not null && known.Version == BlobVersion.Current ? known : place = FindMemory(known, part, mutable);
    }

    /// <summary>Gets the values to write all of them before the net's next call, and not later; they are undefined before.
    /// The accelerated engine keeps the values that the last pass read in the memory they are in, instead of copying them in
    /// each pass. Views taken before may be stale.</summary>
    internal Span<float> Overwrite()
    {
        ThrowIfDisposed();
        BlobNative.caffe_blob_overwrite_data(_handle, out nint pointer, out long count).ThrowIfFailed();
        return NativeSpan.Of(pointer, (int)count);
    }

    /// <summary>Ends a net's blob with its net.</summary>
    internal void Release() => _handle.Dispose();

    private BlobMemory FindMemory(BlobMemory? known, BlobPart part, bool mutable)
    {
        Span<int> shape = stackalloc int[MaxAxes];
        BlobNative.caffe_blob_memory(
            _handle, (int)part, mutable ? 1 : 0, shape, shape.Length, out int axes, out nint pointer, out long version).ThrowIfFailed();
        int[] current = Remember(shape[..axes], version);
        BlobMemory found = known is not null && known.IsSame(pointer, current) ? known : new(part, mutable, pointer, current);
        found.Version = version;
        return found;
    }

    private int[] Remember(ReadOnlySpan<int> shape, long version)
    {
        int[] known = _shape;
        if (!shape.SequenceEqual(known))
        {
            known = shape.ToArray();
            _shape = known;
        }

        Volatile.Write(ref _shapeVersion, version);
        return known;
    }

    private nint DevicePointer(DevicePointerOf native)
    {
        ThrowIfDisposed();
        native(_handle, out nint pointer).ThrowIfFailed();
        return pointer;
    }

    private int LegacyDimension(int axis)
    {
        int[] shape = CurrentShape();
        if (shape.Length > 4)
        {
            throw new InvalidOperationException(
                $"{Description} has {shape.Length} axes. Num, Channels, Height and Width are for at most four; use Dimension.");
        }

        return axis < shape.Length ? shape[axis] : 1;
    }

    private void ThrowIfDisposed()
    {
        if (_handle.IsClosed)
        {
            throw new ObjectDisposedException(
                nameof(Blob),
                _owner switch
                {
                    null => $"The {Description} is disposed.",
                    ManagedLayer layer =>
                        $"The {Description} was lent to layer '{layer.Name}' for one call, which is over, or the layer is gone.",
                    _ => $"The net of the {Description} is disposed.",
                });
        }
    }
}
