using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace CaffeSharp.Imaging;

/// <summary>Makes inputs of a net from images, and images from inputs: caffe.io.Transformer, for one input. It does not
/// change, never writes to the images it is given, and may be used by many threads.</summary>
public sealed class Transformer
{
    private const int ImageAxes = 3;

    private readonly int[] _shape;
    private readonly int[] _order;
    private readonly int[] _channels;
    private readonly float[]? _mean;

    /// <summary>Makes a transformer for an input of a net, in the shape that it has now.</summary>
    /// <param name="input">The input: <c>net.Inputs["data"]</c>.</param>
    /// <param name="settings">How; null for a transposition to channels x height x width alone.</param>
    /// <exception cref="ArgumentException">The input does not have four axes, or settings do not fit it.</exception>
    /// <exception cref="ObjectDisposedException">The blob or its net is disposed.</exception>
    public Transformer(Blob input, TransformerSettings? settings = null)
        : this(NameOf(input), input.Shape, settings)
    {
    }

    /// <summary>Makes a transformer for an input of a shape.</summary>
    /// <param name="input">What messages call the input.</param>
    /// <param name="shape">Its shape: number of images, and the three axes of one.</param>
    /// <param name="settings">How; null for a transposition to channels x height x width alone.</param>
    /// <exception cref="ArgumentException">There are not four axes, or settings do not fit them.</exception>
    public Transformer(string input, ReadOnlySpan<int> shape, TransformerSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        BlobShape.CheckedCount(shape);
        if (shape.Length != ImageAxes + 1 || shape[1..].Contains(0))
        {
            throw new ArgumentException(
                $"Input '{input}' ({BlobShape.Describe(shape)}) takes no images: it needs four axes, none of length 0 but the first.",
                nameof(shape));
        }

        Input = input;
        Settings = settings ?? new();
        _shape = shape[1..].ToArray();
        _order = Order(Settings.Transpose, ImageAxes, "Transpose", "axes of an image");
        _channels = Order(Settings.ChannelSwap, _shape[0], "ChannelSwap", $"channels of input '{input}'");
        CheckScale(Settings.RawScale);
        CheckScale(Settings.InputScale);
        _mean = Settings.Mean is { } mean ? Mean(mean) : null;
    }

    /// <summary>The input's name.</summary>
    public string Input { get; }

    /// <summary>How.</summary>
    public TransformerSettings Settings { get; }

    /// <summary>Shape of one image as the net takes it: the input's without its first axis.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Rows that an image is resized to.</summary>
    public int Height => ImageLength(0);

    /// <summary>Columns that an image is resized to.</summary>
    public int Width => ImageLength(1);

    /// <summary>Channels that an image must have.</summary>
    public int Channels => ImageLength(2);

    /// <summary>Values of one image as the net takes it.</summary>
    internal int Count => BlobShape.Count(_shape);

    /// <summary>Makes an input of an image: resized to the input's size, transposed, with its channels reordered, scaled,
    /// freed from the mean, and scaled again.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The values in the order of <see cref="Shape"/>, row-major.</returns>
    /// <exception cref="ArgumentException">The image has another number of channels.</exception>
    public float[] Preprocess(FloatImage image)
    {
        float[] values = new float[Count];
        Preprocess(image, values);
        return values;
    }

    /// <summary>Does the same into memory that is there: a part of a blob's.</summary>
    /// <param name="image">The image.</param>
    /// <param name="destination">Room for exactly one image.</param>
    /// <exception cref="ArgumentException">The image has another number of channels, or there is more or less
    /// room.</exception>
    public void Preprocess(FloatImage image, Span<float> destination)
    {
        CheckChannels(image, nameof(image));
        CheckCount(destination.Length, nameof(destination));
        FloatImage sized = image.Resize(Height, Width);
        ReadOnlySpan<float> pixels = sized.Pixels;
        int target = 0;
        foreach (int source in PixelOrder())
        {
            destination[target++] = pixels[source];
        }

        if (Settings.RawScale is { } rawScale)
        {
            TensorPrimitives.Multiply(destination, rawScale, destination);
        }

        if (_mean is not null)
        {
            TensorPrimitives.Subtract(destination, _mean, destination);
        }

        if (Settings.InputScale is { } inputScale)
        {
            TensorPrimitives.Multiply(destination, inputScale, destination);
        }
    }

    /// <summary>Makes an image of an input: <see cref="Preprocess(FloatImage)"/> backwards, but for the size.</summary>
    /// <param name="data">One image as the net takes it: <c>net.Blobs["data"].Data.Span</c> of a batch of one.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than <see cref="Shape"/> has.</exception>
    public FloatImage Deprocess(ReadOnlySpan<float> data)
    {
        CheckCount(data.Length, nameof(data));
        float[] values = data.ToArray();
        if (Settings.InputScale is { } inputScale)
        {
            TensorPrimitives.Divide(values, inputScale, values);
        }

        if (_mean is not null)
        {
            TensorPrimitives.Add(values, _mean, values);
        }

        if (Settings.RawScale is { } rawScale)
        {
            TensorPrimitives.Divide(values, rawScale, values);
        }

        float[] pixels = new float[values.Length];
        int source = 0;
        foreach (int target in PixelOrder())
        {
            pixels[target] = values[source++];
        }

        return new(Height, Width, Channels, pixels);
    }

    /// <summary>Refuses an image that the input cannot take, whatever its size.</summary>
    internal void CheckChannels(FloatImage image, string parameter)
    {
        ArgumentNullException.ThrowIfNull(image, parameter);
        if (image.Channels != Channels)
        {
            throw new ArgumentException(
                $"An image of {image.Description} has {image.Channels} channels, and input '{Input}' ({BlobShape.Describe(_shape)}) " +
                $"takes {Channels}.", parameter);
        }
    }

    private static string NameOf(Blob input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Name;
    }

    private static int[] Order(IReadOnlyList<int>? order, int count, string what, string items)
    {
        int[] identity = [.. Enumerable.Range(0, count)];
        if (order is null)
        {
            return identity;
        }

        return order.Order().SequenceEqual(identity)
            ? [.. order]
            : throw new ArgumentException(
                $"{what} is [{string.Join(", ", order)}]; it must name each of the {count} {items} once, counted from 0.",
                nameof(order));
    }

    private static void CheckScale(float? scale, [CallerArgumentExpression(nameof(scale))] string? parameter = null)
    {
        if (scale is { } value && (!float.IsFinite(value) || value == 0))
        {
            throw new ArgumentException($"{parameter} is {value}; a finite number other than 0 is a scale.", parameter);
        }
    }

    private int ImageLength(int axis) => _shape[Array.IndexOf(_order, axis)];

    private void CheckCount(int count, string parameter)
    {
        if (count != Count)
        {
            throw new ArgumentException(
                $"There are {count} values, and an image of input '{Input}' ({BlobShape.Describe(_shape)}) has {Count}.", parameter);
        }
    }

    /// <summary>A value to subtract for each of the input's.</summary>
    private float[] Mean(Tensor<float> mean)
    {
        int[] shape = Array.ConvertAll(mean.Lengths.ToArray(), length => checked((int)length));
        int[] layout = shape switch
        {
            [var channels] when channels == _shape[0] => [channels, 1, 1],
            [var height, var width] => [1, height, width],
            [var channels, _, _] when channels == _shape[0] || channels == 1 => shape,
            _ => [],
        };
        if (layout.Length == 0 || layout.Contains(0))
        {
            throw new ArgumentException(
                $"The mean ({BlobShape.Describe(shape)}) does not fit input '{Input}' ({BlobShape.Describe(_shape)}): " +
                $"it is {_shape[0]} values, an image of height x width, or one of {_shape[0]} x height x width.",
                nameof(mean));
        }

        float[] flat = new float[(int)mean.FlattenedLength];
        mean.FlattenTo(flat);
        ReadOnlySpan<float> values = flat;
        if (shape.Length > 1 && !layout.AsSpan(1).SequenceEqual(_shape.AsSpan(1)))
        {
            values = Resized(values, layout);
        }

        int plane = _shape[1] * _shape[2];
        float[] all = new float[Count];
        for (int channel = 0; channel < _shape[0]; channel++)
        {
            Span<float> target = all.AsSpan(channel * plane, plane);
            if (shape.Length == 1)
            {
                target.Fill(values[channel]);
            }
            else
            {
                values.Slice(layout[0] == 1 ? 0 : channel * plane, plane).CopyTo(target);
            }
        }

        return all;
    }

    /// <summary>A mean in the input's layout, of the input's size.</summary>
    private float[] Resized(ReadOnlySpan<float> mean, int[] layout)
    {
        // A transposition to channels first and back, whatever the transformer's own is.
        TransformerSettings channelsFirst = new();
        FloatImage image = new Transformer(Input, [1, .. layout], channelsFirst).Deprocess(mean);
        return new Transformer(Input, [1, layout[0], _shape[1], _shape[2]], channelsFirst)
            .Preprocess(image.Resize(_shape[1], _shape[2]));
    }

    /// <summary>For each value of the input in turn, its place in the image.</summary>
    private IEnumerable<int> PixelOrder()
    {
        int[] imageStrides = [Width * Channels, Channels, 1];
        int[] strides = [.. _order.Select(axis => imageStrides[axis])];
        foreach (int channel in _channels)
        {
            for (int second = 0; second < _shape[1]; second++)
            {
                for (int third = 0; third < _shape[2]; third++)
                {
                    yield return (channel * strides[0]) + (second * strides[1]) + (third * strides[2]);
                }
            }
        }
    }
}
