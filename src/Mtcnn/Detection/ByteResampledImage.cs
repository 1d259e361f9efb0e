using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>
/// The authors' way: the 8-bit picture is resized by OpenCV (INTER_AREA where its width shrinks, else INTER_LINEAR) and
/// normalised after. What lies outside the picture is black.
/// </summary>
internal sealed class ByteResampledImage : ResampledImage
{
    // So many rows are written together: a column of them fills a cache line of the transposed plane.
    private const int RowsTogether = 16;

    private readonly Mat _pixels;
    private readonly int _firstChannel;

    private ByteResampledImage(Mat pixels, ChannelOrder order)
        : base(new ImageSize(pixels.Width, pixels.Height))
    {
        _pixels = pixels;
        _firstChannel = order == ChannelOrder.Bgr ? 0 : Channels - 1;
    }

    /// <summary>A <see cref="ResampleRule"/>.</summary>
    public static ResampledImage Resample(Mat picture, Rect region, ImageSize size, ChannelOrder order)
    {
        using Mat source = Cut(picture, region);
        Mat pixels = new();
        try
        {
            InterpolationFlags interpolation = size.Width < source.Width ? InterpolationFlags.Area : InterpolationFlags.Linear;
            Cv2.Resize(source, pixels, new Size(size.Width, size.Height), 0, 0, interpolation);
            return new ByteResampledImage(pixels, order);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    protected override unsafe void WriteTile(Rect tile, Span<float> planes)
    {
        ReadOnlySpan<float> table = PixelNormalization.Single;
        int planeLength = tile.Width * tile.Height;
        byte* origin = (byte*)_pixels.Data + (tile.Y * _pixels.Step()) + (tile.X * Channels);
        nint step = (nint)_pixels.Step();
        int direction = _firstChannel == 0 ? 1 : -1;
        for (int firstRow = 0; firstRow < tile.Height; firstRow += RowsTogether)
        {
            int rows = Math.Min(RowsTogether, tile.Height - firstRow);
            for (int x = 0; x < tile.Width; x++)
            {
                byte* pixel = origin + (firstRow * step) + (x * Channels) + _firstChannel;
                int at = (x * tile.Height) + firstRow;
                Span<float> first = planes.Slice(at, rows);
                Span<float> second = planes.Slice(at + planeLength, rows);
                Span<float> third = planes.Slice(at + (2 * planeLength), rows);
                for (int row = 0; row < rows; row++, pixel += step)
                {
                    first[row] = table[pixel[0]];
                    second[row] = table[pixel[direction]];
                    third[row] = table[pixel[2 * direction]];
                }
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pixels.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Mat Cut(Mat picture, Rect region)
    {
        Rect inside = region.Intersect(new Rect(0, 0, picture.Width, picture.Height));
        if (inside == region)
        {
            return new Mat(picture, region);
        }

        Mat cut = new(region.Height, region.Width, MatType.CV_8UC3, Scalar.Black);
        if (inside.Width > 0 && inside.Height > 0)
        {
            using Mat part = new(picture, inside);
            using Mat place = new(cut, new Rect(inside.X - region.X, inside.Y - region.Y, inside.Width, inside.Height));
            part.CopyTo(place);
        }

        return cut;
    }
}
