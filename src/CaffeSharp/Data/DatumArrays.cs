using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using CaffeSharp.Messages;
using Google.Protobuf;

namespace CaffeSharp;

/// <summary>Datums from arrays, and back: <c>array_to_datum</c> and <c>datum_to_array</c> of pycaffe. A Datum is one example:
/// channels x height x width bytes or floats, and a label. All members may be called from any thread.</summary>
public static class DatumArrays
{
    /// <summary>Makes a Datum of bytes, as of an image.</summary>
    /// <param name="values">The values: channel by channel, in each row by row. They are copied.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="height">Rows of a channel.</param>
    /// <param name="width">Values of a row.</param>
    /// <param name="label">The label; null for none, which a Data layer reads as 0.</param>
    /// <exception cref="ArgumentException">The shape is empty or has another number of values.</exception>
    public static Datum FromBytes(ReadOnlySpan<byte> values, int channels, int height, int width, int? label = null)
    {
        Datum datum = Shaped(values.Length, channels, height, width, label);
        datum.Data = ByteString.CopyFrom(values);
        return datum;
    }

    /// <summary>Makes a Datum of floats; it takes five times the place of one of bytes.</summary>
    /// <param name="values">The values: channel by channel, in each row by row. They are copied.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="height">Rows of a channel.</param>
    /// <param name="width">Values of a row.</param>
    /// <param name="label">The label; null for none, which a Data layer reads as 0.</param>
    /// <exception cref="ArgumentException">The shape is empty or has another number of values.</exception>
    public static Datum FromFloats(ReadOnlySpan<float> values, int channels, int height, int width, int? label = null)
    {
        Datum datum = Shaped(values.Length, channels, height, width, label);
        BlobProtoArrays.Fill(datum.FloatData, values);
        return datum;
    }

    /// <summary>A Datum's values as a new tensor of floats, whichever it holds, in the shape channels x height x width. A byte is a number
    /// from 0 to 255.</summary>
    /// <param name="datum">The Datum.</param>
    /// <exception cref="ArgumentException">It is an encoded image, or has another number of values than its shape.</exception>
    public static Tensor<float> ToTensor(this Datum datum)
    {
        RequirePlain(datum);
        float[] values = datum.Data.IsEmpty
            ? [.. datum.FloatData] : Array.ConvertAll(datum.Data.ToByteArray(), value => (float)value);
        return TensorShape.Wrap(values, [datum.Channels, datum.Height, datum.Width]);
    }

    /// <summary>The values of a Datum that holds bytes: channel by channel, in each row by row.</summary>
    /// <param name="datum">The Datum.</param>
    /// <exception cref="ArgumentException">It is an encoded image, holds floats, or has another number of values than its
    /// shape.</exception>
    public static byte[] ToBytes(this Datum datum)
    {
        RequirePlain(datum);
        return datum.Data.IsEmpty
            ? throw new ArgumentException("The Datum holds floats; ToTensor gives them.", nameof(datum))
            : datum.Data.ToByteArray();
    }

    /// <summary>Refuses a Datum that no Data layer reads.</summary>
    internal static void RequireValues(Datum datum, string parameter)
    {
        if (datum.Encoded)
        {
            if (datum.Data.IsEmpty)
            {
                throw new ArgumentException("The Datum is an encoded image without data.", parameter);
            }

            return;
        }

        int[] shape = [datum.Channels, datum.Height, datum.Width];
        if (shape.Any(length => length < 1))
        {
            throw new ArgumentException($"The Datum has the shape {BlobShape.Describe(shape)}, which holds nothing.", parameter);
        }

        int count = datum.Data.IsEmpty ? datum.FloatData.Count : datum.Data.Length;
        if (count != BlobShape.CheckedCount(shape, parameter))
        {
            throw new ArgumentException(
                $"The Datum has the shape {BlobShape.Describe(shape)} and {count} values.", parameter);
        }
    }

    private static void RequirePlain([NotNull] Datum? datum, [CallerArgumentExpression(nameof(datum))] string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(datum, parameter);
        if (datum.Encoded)
        {
            throw new ArgumentException(
                "The Datum is an encoded image; Decoded gives one with its values.", parameter);
        }

        RequireValues(datum, parameter!);
    }

    private static Datum Shaped(int count, int channels, int height, int width, int? label)
    {
        int[] shape = [channels, height, width];
        if (shape.Any(length => length < 1) || BlobShape.CheckedCount(shape, nameof(channels)) != count)
        {
            throw new ArgumentException(
                $"{count} values do not fill the shape {BlobShape.Describe(shape)} (channels, height, width).", nameof(channels));
        }

        Datum datum = new() { Channels = channels, Height = height, Width = width };
        if (label is { } given)
        {
            datum.Label = given;
        }

        return datum;
    }
}
