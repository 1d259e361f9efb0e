using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>
/// mtcnn-caffe's way: normalised in double precision first and resized bilinearly after. Computes what
/// <c>cv::resize(INTER_LINEAR)</c> gives for a picture of doubles, without ever holding such a picture (24 bytes a pixel).
/// </summary>
internal sealed class DoubleResampledImage : ResampledImage
{
    private readonly Mat _region;
    private readonly Tap[] _columns;
    private readonly Tap[] _rows;
    private readonly ChannelOrder _order;

    private DoubleResampledImage(Mat region, ImageSize size, ChannelOrder order)
        : base(size)
    {
        _region = region;
        _columns = ColumnTaps(region.Width, size.Width);
        _rows = RowTaps(region.Height, size.Height);
        _order = order;
    }

    /// <summary>A <see cref="ResampleRule"/>. The region lies inside the picture.</summary>
    public static ResampledImage Resample(Mat picture, Rect region, ImageSize size, ChannelOrder order)
    {
        Mat part = new(picture, region);
        try
        {
            return new DoubleResampledImage(part, size, order);
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    protected override unsafe void WriteTile(Rect tile, Span<float> planes)
    {
        ReadOnlySpan<double> table = PixelNormalization.Double;
        byte* origin = (byte*)_region.Data;
        nint step = (nint)_region.Step();
        ReadOnlySpan<Tap> columns = _columns.AsSpan(tile.X, tile.Width);
        ReadOnlySpan<Tap> rows = _rows.AsSpan(tile.Y, tile.Height);
        int planeLength = tile.Width * tile.Height;
        for (int channel = 0; channel < Channels; channel++)
        {
            byte* samples = origin + (_order == ChannelOrder.Bgr ? channel : Channels - 1 - channel);
            Span<float> plane = planes.Slice(channel * planeLength, planeLength);
            for (int x = 0; x < columns.Length; x++)
            {
                Tap across = columns[x];
                byte* left = samples + (across.First * Channels);
                byte* right = samples + (across.Second * Channels);
                Span<float> column = plane.Slice(x * tile.Height, tile.Height);
                for (int y = 0; y < column.Length; y++)
                {
                    Tap down = rows[y];
                    nint upper = down.First * step;
                    nint lower = down.Second * step;
                    double top = (table[left[upper]] * across.FirstWeight) + (table[right[upper]] * across.SecondWeight);
                    double bottom = (table[left[lower]] * across.FirstWeight) + (table[right[lower]] * across.SecondWeight);
                    column[y] = (float)((top * down.FirstWeight) + (bottom * down.SecondWeight));
                }
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _region.Dispose();
        }

        base.Dispose(disposing);
    }

    // OpenCV takes the nearest pixel whole at the left and right border...
    private static Tap[] ColumnTaps(int from, int to)
    {
        Tap[] taps = new Tap[to];
        for (int i = 0; i < to; i++)
        {
            (int first, double fraction) = Place(i, from, to);
            taps[i] = first < 0 || first >= from - 1
                ? Tap.Whole(Math.Clamp(first, 0, from - 1))
                : new Tap(first, first + 1, 1 - fraction, fraction);
        }

        return taps;
    }

    // ...and mixes the nearest row with itself at the upper and lower border.
    private static Tap[] RowTaps(int from, int to)
    {
        Tap[] taps = new Tap[to];
        for (int i = 0; i < to; i++)
        {
            (int first, double fraction) = Place(i, from, to);
            taps[i] = new Tap(Math.Clamp(first, 0, from - 1), Math.Clamp(first + 1, 0, from - 1), 1 - fraction, fraction);
        }

        return taps;
    }

    private static (int First, double Fraction) Place(int index, int from, int to)
    {
        double scale = 1 / ((double)to / from);
        double place = ((index + 0.5) * scale) - 0.5;
        int first = (int)Math.Floor(place);
        return (first, place - first);
    }

    /// <summary>The two source pixels of a target pixel along one axis, and their weights.</summary>
    private readonly record struct Tap(int First, int Second, double FirstWeight, double SecondWeight)
    {
        public static Tap Whole(int pixel) => new(pixel, pixel, 1, 0);
    }
}
