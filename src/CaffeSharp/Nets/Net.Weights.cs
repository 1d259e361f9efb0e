using CaffeSharp.Interop;

namespace CaffeSharp;

/// <content>Loading, sharing and saving parameters.</content>
public sealed partial class Net
{
    /// <summary>Copies the parameters of the layers that the net knows by name, from one file after the other; later files
    /// win. Shapes are checked first: a file that fails leaves the net as the files before it left it.</summary>
    /// <param name="weightsPaths">Caffemodels of any age, or HDF5 files.</param>
    /// <returns>Which layers were given theirs by any of the files, and which by none.</returns>
    /// <exception cref="ArgumentException">There is no path, or an empty one.</exception>
    /// <exception cref="CaffeException">A file is missing, damaged or not of weights; its shapes are others (with the
    /// layer); not one of its layers is known, so that it is another net's; or another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public WeightsReport CopyFrom(params IReadOnlyList<string> weightsPaths)
    {
        ArgumentNullException.ThrowIfNull(weightsPaths);
        if (weightsPaths.Count == 0)
        {
            throw new ArgumentException("No weights file was named.", nameof(weightsPaths));
        }

        RequireFree();
        HashSet<string> copied = new(StringComparer.Ordinal);
        foreach (string path in weightsPaths)
        {
            NativeText.CheckedPath(path, nameof(weightsPaths));
            NetNative.caffe_net_copy_from_file(Handle, path, out int count).ThrowIfFailed();
            NoteCopied(copied, count, path);
        }

        return Report(copied);
    }

    /// <summary>Copies parameters from a caffemodel in memory, as from a file.</summary>
    /// <param name="caffemodel">The file's bytes.</param>
    /// <param name="name">What messages call them; null for "&lt;bytes&gt;".</param>
    /// <returns>Which layers were given their parameters, and which were not.</returns>
    /// <exception cref="ArgumentException">There are no bytes.</exception>
    /// <exception cref="CaffeException">As for a file.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public WeightsReport CopyFrom(ReadOnlySpan<byte> caffemodel, string? name = null)
    {
        if (caffemodel.IsEmpty)
        {
            throw new ArgumentException("The caffemodel is empty.", nameof(caffemodel));
        }

        string? checkedName = name is null ? null : NativeText.Checked(name);
        RequireFree();
        NetNative.caffe_net_copy_from_bytes(Handle, caffemodel, caffemodel.Length, checkedName, out int count).ThrowIfFailed();
        HashSet<string> copied = new(StringComparer.Ordinal);
        NoteCopied(copied, count, name ?? "<bytes>");
        return Report(copied);
    }

    /// <summary>Uses the parameters of another net from now on, layer by name; their memory is shared, and lives until the
    /// last of the nets is disposed.</summary>
    /// <param name="other">The other net, whose layers of the same name have the same shapes.</param>
    /// <exception cref="ArgumentException">It is this net.</exception>
    /// <exception cref="CaffeException">Shapes differ (with the layer), or another thread is inside one of the nets.</exception>
    /// <exception cref="ObjectDisposedException">One of the nets is disposed.</exception>
    public void ShareWith(Net other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other))
        {
            throw new ArgumentException("A net cannot share parameters with itself.", nameof(other));
        }

        RequireFree();
        other.RequireFree();
        NetNative.caffe_net_share_with(Handle, other.Handle).ThrowIfFailed();
    }

    /// <summary>Makes a second net of the same definition, phase, rules, device and engine, which shares the memory of the parameters:
    /// one for each thread costs what its blobs take. Blobs and diffs are its own, in the shapes of the definition. The two may
    /// be disposed in any order and run at the same time; copying weights into one, or training one, changes both. While it is
    /// made, parameters are allocated a second time. Layers in C# are made again from their registered class, and share their
    /// parameters; data layers read from their start, on their own. Hooks stay with the net they were added to.</summary>
    /// <param name="seed">Seed of the clone's random numbers; null for the thread's.</param>
    /// <exception cref="CaffeException">The net writes a file (HDF5Output;
    /// <see cref="CaffeErrorKind.Unsupported"/>), memory runs out, or another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public Net CloneSharingWeights(uint? seed = null)
    {
        RequireFree();
        NetNative.caffe_net_clone(Handle, seed.HasValue ? 1 : 0, seed.GetValueOrDefault(), out NetHandle clone).ThrowIfFailed();
        return new(clone, _options, sharesParameters: true);
    }

    /// <summary>Writes definition and parameters as a caffemodel, which appears whole or not at all.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="writeDiff">Whether the diffs are written too.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">The file cannot be written, or another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public void Save(string path, bool writeDiff = false)
    {
        NativeText.CheckedPath(path);
        ThrowIfDisposed();
        NetNative.caffe_net_save(Handle, path, writeDiff ? 1 : 0).ThrowIfFailed();
    }

    /// <summary>Writes the parameters as Caffe's HDF5 file, which appears whole or not at all.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="writeDiff">Whether the diffs are written too.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">The file cannot be written, a layer's name holds a slash, which HDF5 cannot have,
    /// or another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public void SaveHdf5(string path, bool writeDiff = false)
    {
        NativeText.CheckedPath(path);
        ThrowIfDisposed();
        NetNative.caffe_net_save_hdf5(Handle, path, writeDiff ? 1 : 0).ThrowIfFailed();
    }

    private void NoteCopied(HashSet<string> copied, int count, string path)
    {
        if (count == 0 && Parameters.Count > 0)
        {
            throw new CaffeException(
                $"{path}: not one of its layers is a layer with parameters of net '{Name}', which has " +
                $"{string.Join(", ", Parameters.Keys)}. These are the weights of another net.")
            {
                Kind = CaffeErrorKind.Format,
                Path = path,
            };
        }

        foreach (Layer layer in Layers)
        {
            NetNative.caffe_net_layer_was_copied(Handle, layer.Index, out int wasCopied).ThrowIfFailed();
            if (wasCopied != 0)
            {
                copied.Add(layer.Name);
            }
        }
    }

    private WeightsReport Report(HashSet<string> copied)
    {
        ILookup<bool, string> byCopied = Parameters.Keys.ToLookup(copied.Contains);
        return new([.. byCopied[true]], [.. byCopied[false]]);
    }
}
