using System.Numerics.Tensors;
using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>The mean of many images, pixel by pixel, which a net's transform_param subtracts: Caffe's mean files. It does
/// not change, and may be used from any thread.</summary>
public sealed class MeanImage
{
    private readonly float[] _values;

    private MeanImage(float[] values, int channels, int height, int width)
    {
        _values = values;
        Channels = channels;
        Height = height;
        Width = width;
    }

    /// <summary>Number of channels.</summary>
    public int Channels { get; }

    /// <summary>Rows of a channel.</summary>
    public int Height { get; }

    /// <summary>Values of a row.</summary>
    public int Width { get; }

    /// <summary>The means: channel by channel, in each row by row.</summary>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>The mean of each channel, for transform_param's mean_value.</summary>
    public IReadOnlyList<float> ChannelMeans =>
        [.. _values.Chunk(Height * Width).Select(channel => (float)channel.Average(value => (double)value))];

    /// <summary>Computes the mean of all Datums of a store, as Caffe's tool compute_image_mean does; encoded images are
    /// decoded. Sums are kept in 64 bits, so that they stay exact where the tool's, in 32, do not.</summary>
    /// <param name="store">The store, open to read. Its Datums have one shape.</param>
    /// <param name="cancellationToken">Cancels between two Datums.</param>
    /// <exception cref="CaffeException">It is empty; or a record is not a Datum, is an image that cannot be decoded, or has
    /// another shape than the first (with its key).</exception>
    /// <exception cref="InvalidOperationException">The store is open to write.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static MeanImage Compute(DatumStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        double[]? sums = null;
        int[] shape = [];
        long count = 0;
        foreach ((string key, Datum record) in store.ReadRecords())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Datum datum = Decode(store, key, record);
            int[] datumShape = [datum.Channels, datum.Height, datum.Width];
            RequireFit(store, key, datum, sums is null ? datumShape : shape);
            shape = datumShape;
            sums ??= new double[datum.Data.IsEmpty ? datum.FloatData.Count : datum.Data.Length];
            Add(datum, sums);
            count++;
        }

        return sums is null
            ? throw Refusal(store.Path, "the store is empty, so there is no mean.")
            : new(Array.ConvertAll(sums, sum => (float)sum / count), shape[0], shape[1], shape[2]);
    }

    /// <summary>Makes a mean of values at hand.</summary>
    /// <param name="values">The means: channel by channel, in each row by row. They are copied.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="height">Rows of a channel.</param>
    /// <param name="width">Values of a row.</param>
    /// <exception cref="ArgumentException">The shape is empty or has another number of values.</exception>
    public static MeanImage FromValues(ReadOnlySpan<float> values, int channels, int height, int width)
    {
        int[] shape = [channels, height, width];
        return shape.All(length => length > 0) && BlobShape.CheckedCount(shape, nameof(channels)) == values.Length
            ? new(values.ToArray(), channels, height, width)
            : throw new ArgumentException(
                $"{values.Length} values do not fill the shape {BlobShape.Describe(shape)} (channels, height, width).",
                nameof(values));
    }

    /// <summary>Reads a mean file of Caffe's, by custom .binaryproto.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">It is missing, cannot be read, is damaged, or is not a mean: another shape than 1 x
    /// channels x height x width.</exception>
    public static MeanImage ReadBinaryProto(string path)
    {
        BlobProto blob = BinaryProto.ReadFile<BlobProto>(path);
        try
        {
            return FromTensor(blob.ToTensor(), path);
        }
        catch (ArgumentException error)
        {
            throw Refusal(path, error.Message, error);
        }
    }

    /// <summary>Reads an array of NumPy's, channels x height x width or with a 1 before.</summary>
    /// <param name="path">The file, by custom .npy.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidDataException">It is no .npy file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="CaffeException">It is not a mean: another shape.</exception>
    public static MeanImage ReadNpy(string path) => FromTensor(Npy.Read(path), path);

    /// <summary>The means as a new tensor, channels x height x width: what <c>TransformerSettings.Mean</c> takes.</summary>
    public Tensor<float> ToTensor() => TensorShape.Wrap([.. _values], [Channels, Height, Width]);

    /// <summary>Writes a mean file of Caffe's, which transform_param's mean_file names.</summary>
    /// <param name="path">The file, which is replaced, and appears whole or not at all; by custom .binaryproto.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">The file cannot be written.</exception>
    public void WriteBinaryProto(string path)
    {
        // The old form of a shape, which Caffe's tools write and every reader knows.
        BlobProto blob = new() { Num = 1, Channels = Channels, Height = Height, Width = Width };
        BlobProtoArrays.Fill(blob.Data, _values);
        BinaryProto.WriteFile(path, blob);
    }

    /// <summary>Writes an array for NumPy, channels x height x width.</summary>
    /// <param name="path">The file, which is replaced, and appears whole or not at all; by custom .npy.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteNpy(string path) => Npy.Write(path, _values, Channels, Height, Width);

    private static Datum Decode(DatumStore store, string key, Datum record)
    {
        try
        {
            return record.Decoded();
        }
        catch (InvalidDataException error)
        {
            throw Refusal(store.Path, $"record '{key}': {error.Message}", error);
        }
    }

    private static void RequireFit(DatumStore store, string key, Datum datum, int[] shape)
    {
        if (datum.Channels != shape[0] || datum.Height != shape[1] || datum.Width != shape[2])
        {
            throw Refusal(
                store.Path,
                $"record '{key}' has the shape {BlobShape.Describe([datum.Channels, datum.Height, datum.Width])}, the first " +
                $"one {BlobShape.Describe(shape)}; a mean is that of images of one size.");
        }

        try
        {
            DatumArrays.RequireValues(datum, nameof(datum));
        }
        catch (ArgumentException error)
        {
            throw Refusal(store.Path, $"record '{key}': {error.Message}", error);
        }
    }

    private static void Add(Datum datum, double[] sums)
    {
        if (datum.Data.IsEmpty)
        {
            for (int index = 0; index < sums.Length; index++)
            {
                sums[index] += datum.FloatData[index];
            }

            return;
        }

        ReadOnlySpan<byte> bytes = datum.Data.Span;
        for (int index = 0; index < sums.Length; index++)
        {
            sums[index] += bytes[index];
        }
    }

    private static MeanImage FromTensor(Tensor<float> tensor, string path)
    {
        int[] shape = TensorShape.Of(tensor.Lengths);
        return (shape is [1, _, _, _] ? shape[1..] : shape) is [var channels, var height, var width] && !tensor.IsEmpty
            ? new(TensorShape.Values(tensor).ToArray(), channels, height, width)
            : throw Refusal(path, $"the array is {BlobShape.Describe(shape)}; a mean is 1 x channels x height x width.");
    }

    private static CaffeException Refusal(string path, string message, Exception? cause = null) =>
        new($"{path}: {message}", cause!) { Kind = CaffeErrorKind.Format, Path = path };
}
