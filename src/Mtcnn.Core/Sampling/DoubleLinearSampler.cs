using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mtcnn.Pixels;

namespace Mtcnn.Sampling;

/// <summary>
/// Bilinear in double precision, of normalised values: bit for bit what <c>cv::resize(INTER_LINEAR)</c> gives for a
/// image of doubles.
/// </summary>
internal ref struct DoubleLinearSampler : IRowSampler
{
    private readonly SourceRows _source;
    private readonly int _rowsAfter;
    private readonly Tap[] _columns;
    private RowPair<Vector256<double>> _rows;

    public DoubleLinearSampler(SourceRows source, ImageSize size, PixelRect tile)
    {
        _source = source;
        _rowsAfter = size.Height;
        _columns = ArrayPool<Tap>.Shared.Rent(tile.Width);
        _rows = new RowPair<Vector256<double>>(tile.Width);
        for (int x = 0; x < tile.Width; x++)
        {
            _columns[x] = ColumnTap(tile.X + x, source.Width, size.Width);
        }
    }

    public void WriteRow(int row, Span<Vector128<float>> pixels)
    {
        (int upper, double fraction) = Place(row, _source.Height, _rowsAfter);
        int last = _source.Height - 1;
        int first = Math.Clamp(upper, 0, last);
        int second = Math.Clamp(upper + 1, 0, last);
        if (_rows.MoveUpperTo(first))
        {
            ResampleAcross(first, _rows.Upper);
        }

        if (_rows.MoveLowerTo(second))
        {
            ResampleAcross(second, _rows.Lower);
        }

        Mix(_rows.Upper, _rows.Lower, 1 - fraction, fraction, pixels);
    }

    public void Dispose()
    {
        ArrayPool<Tap>.Shared.Return(_columns);
        _rows.GiveBack();
    }

    private readonly void ResampleAcross(int row, Span<Vector256<double>> pixels)
    {
        ref byte source = ref _source[row, 0];
        ref Tap columns = ref MemoryMarshal.GetArrayDataReference(_columns);
        for (int x = 0; x < pixels.Length; x++)
        {
            Tap tap = Unsafe.Add(ref columns, x);
            pixels[x] = (Read(ref source, tap.First) * tap.FirstWeight) + (Read(ref source, tap.Second) * tap.SecondWeight);
        }
    }

    private static void Mix(
        ReadOnlySpan<Vector256<double>> upper, ReadOnlySpan<Vector256<double>> lower, double upperWeight, double lowerWeight, Span<Vector128<float>> pixels)
    {
        ref Vector256<double> top = ref MemoryMarshal.GetReference(upper);
        ref Vector256<double> bottom = ref MemoryMarshal.GetReference(lower);
        ref Vector128<float> to = ref MemoryMarshal.GetReference(pixels);
        int x = 0;
        for (; x + 2 <= pixels.Length; x += 2)
        {
            Vector256<double> first = (Unsafe.Add(ref top, x) * upperWeight) + (Unsafe.Add(ref bottom, x) * lowerWeight);
            Vector256<double> second = (Unsafe.Add(ref top, x + 1) * upperWeight) + (Unsafe.Add(ref bottom, x + 1) * lowerWeight);
            Unsafe.As<Vector128<float>, Vector256<float>>(ref Unsafe.Add(ref to, x)) = Vector256.Narrow(first, second);
        }

        if (x < pixels.Length)
        {
            Vector256<double> last = (Unsafe.Add(ref top, x) * upperWeight) + (Unsafe.Add(ref bottom, x) * lowerWeight);
            Unsafe.Add(ref to, x) = Vector256.Narrow(last, last).GetLower();
        }
    }

    // The distance from the middle of the values, exact; the taps' weights bring it to -1 to 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Read(ref byte row, int offset)
    {
        Vector128<float> pixel = Vector128.ConvertToSingle(Pixel.Read(ref row, offset)) - Vector128.Create(127.5f);
        return Vector256.WidenLower(pixel.ToVector256Unsafe());
    }

    // OpenCV takes the nearest pixel whole at the left and right border, and mixes the nearest row with itself at the others.
    private static Tap ColumnTap(int column, int from, int to)
    {
        (int first, double fraction) = Place(column, from, to);
        if (first >= 0 && first < from - 1)
        {
            return new Tap(first, first + 1, 1 - fraction, fraction);
        }

        int nearest = Math.Clamp(first, 0, from - 1);
        return new Tap(nearest, nearest, 1, 0);
    }

    private static (int First, double Fraction) Place(int index, int from, int to)
    {
        double scale = 1 / ((double)to / from);
        double place = ((index + 0.5) * scale) - 0.5;
        int first = (int)Math.Floor(place);
        return (first, place - first);
    }

    /// <summary>The two source pixels of a column as offsets in bytes, and their weights over 128, which normalises exactly.</summary>
    private readonly struct Tap(int first, int second, double firstWeight, double secondWeight)
    {
        public readonly int First = first * BgrImage.Channels;
        public readonly int Second = second * BgrImage.Channels;
        public readonly double FirstWeight = firstWeight / 128;
        public readonly double SecondWeight = secondWeight / 128;
    }
}
