using System.Diagnostics;

namespace CaffeSharp.Imaging;

/// <summary>An image as pycaffe holds one: 32-bit floats, height x width x channels, row-major, channels last; of a file,
/// RGB or gray from 0 to 1. It does not change and may be read by many threads.</summary>
[DebuggerDisplay("{Height} x {Width} x {Channels}")]
public sealed class FloatImage
{
    private readonly ReadOnlyMemory<float> _pixels;

    /// <summary>Makes an image of values in memory, which are not copied: leave them as they are from now on.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="channels">Values per pixel, at least 1.</param>
    /// <param name="pixels">height x width x channels values, row-major.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side or the number of channels is below 1.</exception>
    /// <exception cref="ArgumentException">There are more or fewer values.</exception>
    public FloatImage(int height, int width, int channels, ReadOnlyMemory<float> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        if (BlobShape.CheckedCount([height, width, channels], nameof(height)) != pixels.Length)
        {
            throw new ArgumentException(
                $"{pixels.Length} values do not fill an image of {height} x {width} x {channels}.", nameof(pixels));
        }

        Height = height;
        Width = width;
        Channels = channels;
        _pixels = pixels;
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Values per pixel: 3 for RGB, 1 for gray.</summary>
    public int Channels { get; }

    /// <summary>The values: height x width x channels, row-major.</summary>
    public ReadOnlySpan<float> Pixels => _pixels.Span;

    /// <summary>How messages name its size: "480 x 640 x 3".</summary>
    internal string Description => BlobShape.Describe([Height, Width, Channels]);

    /// <summary>One value.</summary>
    /// <param name="row">The row, from 0 at the top.</param>
    /// <param name="column">The column, from 0 at the left.</param>
    /// <param name="channel">The channel, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, column or channel.</exception>
    public float this[int row, int column, int channel] =>
        Pixels[BlobShape.Offset([Height, Width, Channels], [row, column, channel])];

    /// <summary>Reads an image file, as caffe.io.load_image does: alpha is dropped, not blended; EXIF orientation is left
    /// alone; 8 and 16 bits a channel both become 0 to 1.</summary>
    /// <param name="path">The file, of any kind that OpenCV decodes.</param>
    /// <param name="color">True for three channels, RGB, which are equal for a gray file; false for one, the luminance
    /// 0.2125 R + 0.7154 G + 0.0721 B.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidDataException">It is not an image, damaged, truncated, or of a kind that OpenCV does not
    /// decode.</exception>
    /// <exception cref="IOException">It cannot be read; a <see cref="FileNotFoundException"/> if it does not exist.</exception>
    /// <exception cref="DllNotFoundException">OpenCvSharp's native library cannot be loaded.</exception>
    public static FloatImage Load(string path, bool color = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Directory.Exists(path)
            ? throw new IOException($"{path} is a folder; a file is to be read.")
            : FloatImageDecoding.Decode(File.ReadAllBytes(path), color, path);
    }

    /// <summary>Decodes an image file in memory, as <see cref="Load"/>.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="color">As for <see cref="Load"/>.</param>
    /// <exception cref="InvalidDataException">It is not an image, damaged, truncated, or of a kind that OpenCV does not
    /// decode.</exception>
    /// <exception cref="DllNotFoundException">OpenCvSharp's native library cannot be loaded.</exception>
    public static FloatImage Decode(ReadOnlySpan<byte> encoded, bool color = true) =>
        FloatImageDecoding.Decode(encoded, color, "The image in memory");

    /// <summary>Resizes it with linear interpolation, as caffe.io.resize_image does. One or three channels go the way of
    /// skimage.transform.resize: pixels are areas, and beyond the border everything has the image's least value, so that
    /// an enlarged image darkens at its edges. Other numbers of channels go the way of scipy.ndimage.zoom: pixels are
    /// points, and the corners stay where they are. An image is not blurred before it is made smaller.</summary>
    /// <param name="height">Rows of the new image, at least 1.</param>
    /// <param name="width">Columns of the new image, at least 1.</param>
    /// <returns>The new image; this one where the size is its own.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public FloatImage Resize(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        return height == Height && width == Width
            ? this
            : new(height, width, Channels, ImageInterpolation.Resize(this, height, width));
    }

    /// <summary>Cuts a part out.</summary>
    /// <param name="top">Its first row, from 0.</param>
    /// <param name="left">Its first column, from 0.</param>
    /// <param name="height">Its rows, at least 1.</param>
    /// <param name="width">Its columns, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not within the image.</exception>
    public FloatImage Crop(int top, int left, int height, int width)
    {
        CheckWithin(top, height, Height, nameof(top), "rows");
        CheckWithin(left, width, Width, nameof(left), "columns");
        float[] pixels = new float[height * width * Channels];
        int rowLength = width * Channels;
        for (int row = 0; row < height; row++)
        {
            Pixels.Slice((((top + row) * Width) + left) * Channels, rowLength).CopyTo(pixels.AsSpan(row * rowLength));
        }

        return new(height, width, Channels, pixels);
    }

    /// <summary>The same image with left and right exchanged.</summary>
    public FloatImage Mirror()
    {
        ReadOnlySpan<float> pixels = Pixels;
        float[] mirrored = new float[pixels.Length];
        for (int row = 0; row < Height; row++)
        {
            for (int column = 0; column < Width; column++)
            {
                pixels.Slice(((row * Width) + column) * Channels, Channels)
                    .CopyTo(mirrored.AsSpan(((row * Width) + Width - 1 - column) * Channels));
            }
        }

        return new(Height, Width, Channels, mirrored);
    }

    /// <summary>Ten crops in the order of caffe.io.oversample: top left, top right, bottom left, bottom right, centre, and
    /// then the mirror images of these five.</summary>
    /// <param name="cropHeight">Rows of a crop, at least 1 and at most the image's.</param>
    /// <param name="cropWidth">Columns of a crop, at least 1 and at most the image's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A crop does not fit into the image.</exception>
    public IReadOnlyList<FloatImage> Oversample(int cropHeight, int cropWidth)
    {
        int bottom = Height - cropHeight;
        int right = Width - cropWidth;
        FloatImage[] crops =
        [
            Crop(0, 0, cropHeight, cropWidth),
            Crop(0, right, cropHeight, cropWidth),
            Crop(bottom, 0, cropHeight, cropWidth),
            Crop(bottom, right, cropHeight, cropWidth),
            CropCentre(cropHeight, cropWidth),
        ];
        return [.. crops, .. crops.Select(crop => crop.Mirror())];
    }

    /// <summary>The crop in the middle; of two middles the one nearer to the top left.</summary>
    /// <param name="cropHeight">Rows of the crop, at least 1 and at most the image's.</param>
    /// <param name="cropWidth">Columns of the crop, at least 1 and at most the image's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The crop does not fit into the image.</exception>
    public FloatImage CropCentre(int cropHeight, int cropWidth) =>
        Crop((Height - cropHeight) / 2, (Width - cropWidth) / 2, cropHeight, cropWidth);

    private void CheckWithin(int start, int length, int available, string parameter, string what)
    {
        if (start < 0 || length < 1 || length > available || start > available - length)
        {
            throw new ArgumentOutOfRangeException(
                parameter, $"A crop of {length} {what} from {start} is not within an image of {Description}.");
        }
    }
}
