using CaffeSharp.Imaging;
using Mtcnn.Pixels;

using OpenCvSharp;

namespace Mtcnn.Imaging;

/// <summary>
/// Reads images of every kind into the one form that the detector works on: an 8-bit, 3-channel, contiguous BGR <see cref="Mat"/>.
/// </summary>
/// <remarks>
/// <para>Decoding is OpenCV's (<c>cv::imdecode</c>, colour mode): EXIF orientation is applied, so that coordinates are those of the upright image;
/// gray becomes three equal channels; of 16 bits a channel the high byte is kept; alpha is dropped, not blended; CMYK is converted without
/// colour profiles; of animations and multi-page files the first image is read.</para>
/// <para>A JPEG without its end-of-image marker, and a PNG that is incomplete or whose checksums do not match, is refused instead of being filled up with gray.
/// A complete JPEG whose pixels were changed is decoded as far as it goes, and libjpeg writes its own warning on standard error.</para>
/// <para>Every method is safe to call from many threads at once. The caller owns the returned <see cref="Mat"/> and disposes it.
/// The first call silences OpenCV's own log (<c>cv::utils::logging</c>), which writes about bad files to standard error.</para>
/// </remarks>
public static class ImageReader
{
    /// <summary>The most pixels that an image may claim in its header unless a caller says otherwise: 512 megapixels (1.5 GB decoded).</summary>
    public const long DefaultMaximumPixels = 512L * 1024 * 1024;

    /// <summary>The most pixels that are decoded whatever a caller allows: OpenCV's own limit.</summary>
    public const long LargestMaximumPixels = 1L << 30;

    // Far above any camera's file; keeps an endless stream from filling the memory.
    private const int MaximumEncodedBytes = 1 << 30;

    // OpenCV's own limit on a side, which cannot be raised from here.
    private const long MaximumSide = 1 << 20;

    /// <summary>Reads an image file. The format is detected from the content, not from the file's name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumPixels">The most pixels (width times height) accepted; checked before decoding.</param>
    /// <returns>The image, upright, 8-bit BGR.</returns>
    /// <exception cref="ImageException">The file is missing, a folder, unreadable, empty, no image, of an unsupported format, truncated, damaged or too large.</exception>
    public static Mat Read(string path, long maximumPixels = DefaultMaximumPixels)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumPixels);
        return Decode(ReadFile(path), ImageSource.File(path), maximumPixels);
    }

    /// <summary>Reads an image from the rest of a stream. The stream stays open and need not be seekable.</summary>
    /// <inheritdoc cref="Read(string, long)"/>
    public static Mat Read(Stream stream, long maximumPixels = DefaultMaximumPixels)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumPixels);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read: it is closed or for writing only.", nameof(stream));
        }

        return Decode(ReadToEnd(stream, ImageSource.Stream), ImageSource.Stream, maximumPixels);
    }

    /// <summary>Decodes an image file's bytes.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="maximumPixels">The most pixels (width times height) accepted; checked before decoding.</param>
    /// <returns>The image, upright, 8-bit BGR.</returns>
    /// <exception cref="ImageException">The bytes are not an image, of an unsupported format, truncated, damaged or too large.</exception>
    public static Mat Decode(ReadOnlySpan<byte> encoded, long maximumPixels = DefaultMaximumPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumPixels);
        return Decode(encoded, ImageSource.Memory, maximumPixels);
    }

    /// <summary>Copies an OpenCV image into 8-bit BGR.</summary>
    /// <param name="image">8 or 16 unsigned bits a channel (of 16 the high byte is kept); 1 channel (gray), 3, or 4 (alpha is dropped). Not changed.</param>
    /// <param name="order">The order of the channels where there are 3 or 4.</param>
    /// <returns>A new Mat that shares nothing with <paramref name="image"/>.</returns>
    /// <exception cref="ArgumentException">The Mat is empty or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The Mat was disposed.</exception>
    public static Mat FromMat(Mat image, ChannelOrder order = ChannelOrder.Bgr)
    {
        OpenCvLibrary.EnsureLoaded();
        return PixelConversion.ToBgr(image, order);
    }

    /// <summary>Copies raw pixels into 8-bit BGR.</summary>
    /// <param name="pixels">The rows from top to bottom.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row's start to the next one's; at least a row's bytes. The last row needs no padding.</param>
    /// <param name="format">How a pixel is laid out.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other or the buffer.</exception>
    public static Mat FromPixels(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format)
    {
        OpenCvLibrary.EnsureLoaded();
        return PixelConversion.ToBgr(pixels, width, height, stride, format);
    }

    private static Mat Decode(ReadOnlySpan<byte> encoded, ImageSource source, long maximumPixels)
    {
        OpenCvLibrary.EnsureLoaded();
        EncodedImage file = new(encoded, source);
        ImageHeader header = ImageHeader.Read(file);
        CheckSize(header, source, maximumPixels);
        CheckClaim(header, file);

        Mat? image = null;
        try
        {
            image = Cv2.ImDecode(encoded, ImreadModes.Color);
            if (image.Empty())
            {
                throw new ImageException(
                    ImageErrorKind.Damaged,
                    source,
                    $"the {header.Format} image cannot be decoded: it is truncated, damaged or of a rare kind. Copy or download it again, or save it again as JPEG or PNG.");
            }

            (Mat result, image) = (image, null);
            return result;
        }
        catch (OpenCVException exception)
        {
            throw new ImageException(ImageErrorKind.Damaged, source, $"OpenCV cannot decode the {header.Format} image: {exception.Message}.", exception);
        }
        finally
        {
            image?.Dispose();
        }
    }

    private static void CheckSize(ImageHeader header, ImageSource source, long maximumPixels)
    {
        string? limit = header switch
        {
            _ when Math.Max(header.Width, header.Height) > MaximumSide => $"OpenCV reads at most {MaximumSide} pixels a side",
            _ when header.Width * header.Height > LargestMaximumPixels => $"OpenCV reads at most {LargestMaximumPixels} pixels",
            _ when header.Width * header.Height > maximumPixels => $"the limit is {maximumPixels} pixels",
            _ => null,
        };
        if (limit is not null)
        {
            throw new ImageException(
                ImageErrorKind.TooLarge, source, $"the image says that it is {header.Width} x {header.Height} pixels; {limit}. Scale it down first.");
        }
    }

    // The decoder takes memory for all the pixels that a header claims before it looks for them.
    private static void CheckClaim(ImageHeader header, EncodedImage file)
    {
        if (header.Width * header.Height > (double)file.Length * header.MostPixelsPerByte)
        {
            throw file.Damaged($"it says that it is {header.Width} x {header.Height} pixels, which are more than its {file.Length} bytes can hold");
        }
    }

    private static ReadOnlySpan<byte> ReadFile(string path)
    {
        ImageSource source = ImageSource.File(path);
        if (Directory.Exists(path))
        {
            throw new ImageException(ImageErrorKind.IsFolder, source, "it is a folder, not a file. Name the files in it.");
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            return ReadToEnd(stream, source);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            string shown = path.Length > 0 ? path : "(empty path)";
            throw new ImageException(ImageErrorKind.NotFound, new ImageSource(shown, path), "there is no such file. Check its name and the current folder.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ImageException(ImageErrorKind.AccessDenied, source, "it may not be read by this user. Change its permissions or its owner.", exception);
        }
        catch (IOException exception)
        {
            throw new ImageException(ImageErrorKind.ReadFailed, source, $"it cannot be read: {exception.Message}", exception);
        }
    }

    private static ReadOnlySpan<byte> ReadToEnd(Stream stream, ImageSource source)
    {
        try
        {
            long known = stream.CanSeek ? Math.Max(stream.Length - stream.Position, 0) : 0;
            if (known > MaximumEncodedBytes)
            {
                throw TooManyBytes(source);
            }

            // One byte of room tells the end of a file of known length without growing the buffer.
            byte[] buffer = new byte[known + 1];
            int length = 0;
            while (stream.Read(buffer, length, buffer.Length - length) is > 0 and int read)
            {
                length += read;
                if (length > MaximumEncodedBytes)
                {
                    throw TooManyBytes(source);
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, Math.Clamp(buffer.Length * 2, 1 << 16, MaximumEncodedBytes + 1));
                }
            }

            return buffer.AsSpan(0, length);
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            throw new ImageException(ImageErrorKind.ReadFailed, source, $"it cannot be read: {exception.Message}", exception);
        }
    }

    private static ImageException TooManyBytes(ImageSource source) =>
        new(ImageErrorKind.TooLarge, source, $"it has more than {MaximumEncodedBytes} bytes, which is too much for an image.");
}
