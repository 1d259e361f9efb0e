using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mtcnn.Pixels;

namespace Mtcnn.Sampling;

/// <summary>Bilinear on 8 bits, normalised after: bit for bit what <c>cv::resize</c> gives, which mixes in whole numbers.</summary>
internal ref struct ByteLinearSampler : IRowSampler
{
    // OpenCV's weights are multiples of 1 / 2048.
    private const int One = 2048;

    private readonly SourceRows _source;
    private readonly Axis _down;
    private readonly Tap[] _columns;
    private RowPair<Vector128<int>> _rows;

    /// <param name="source">The rows.</param>
    /// <param name="size">The size after.</param>
    /// <param name="tile">The tile of it that is required.</param>
    /// <param name="byArea">Whether a target pixel lies where INTER_AREA puts it, which OpenCV does where one side shrinks and the other grows.</param>
    public ByteLinearSampler(SourceRows source, ImageSize size, PixelRect tile, bool byArea)
    {
        _source = source;
        _down = new Axis(source.Height, size.Height, byArea);
        _columns = ArrayPool<Tap>.Shared.Rent(tile.Width);
        _rows = new RowPair<Vector128<int>>(tile.Width);
        Axis across = new(source.Width, size.Width, byArea);
        for (int x = 0; x < tile.Width; x++)
        {
            _columns[x] = across.ColumnTap(tile.X + x);
        }
    }

    public void WriteRow(int row, Span<Vector128<float>> pixels)
    {
        Tap down = _down.RowTap(row);
        if (_rows.MoveUpperTo(down.First))
        {
            ResampleAcross(down.First, _rows.Upper);
        }

        if (_rows.MoveLowerTo(down.Second))
        {
            ResampleAcross(down.Second, _rows.Lower);
        }

        Mix(_rows.Upper, _rows.Lower, down, pixels);
    }

    public void Dispose()
    {
        ArrayPool<Tap>.Shared.Return(_columns);
        _rows.GiveBack();
    }

    private readonly void ResampleAcross(int row, Span<Vector128<int>> pixels)
    {
        ref byte source = ref _source[row, 0];
        ref Tap columns = ref MemoryMarshal.GetArrayDataReference(_columns);
        for (int x = 0; x < pixels.Length; x++)
        {
            Tap tap = Unsafe.Add(ref columns, x);
            Vector128<int> mixed = (Pixel.Read(ref source, tap.First * BgrImage.Channels) * tap.FirstWeight)
                + (Pixel.Read(ref source, tap.Second * BgrImage.Channels) * tap.SecondWeight);
            pixels[x] = mixed >> 4;
        }
    }

    private static void Mix(ReadOnlySpan<Vector128<int>> upper, ReadOnlySpan<Vector128<int>> lower, Tap down, Span<Vector128<float>> pixels)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            Vector128<int> mixed = ((upper[x] * down.FirstWeight) >> 16) + ((lower[x] * down.SecondWeight) >> 16) + Vector128.Create(2);
            pixels[x] = Pixel.Normalize(Vector128.ConvertToSingle(mixed >> 2));
        }
    }

    /// <summary>Two source pixels and their weights.</summary>
    private readonly struct Tap(int first, int second, int firstWeight, int secondWeight)
    {
        public readonly int First = first;
        public readonly int Second = second;
        public readonly int FirstWeight = firstWeight;
        public readonly int SecondWeight = secondWeight;
    }

    /// <summary>Where the target pixels of one axis lie among the source pixels.</summary>
    private readonly struct Axis
    {
        private readonly int _from;
        private readonly double _inverse;
        private readonly double _scale;
        private readonly bool _byArea;

        public Axis(int from, int to, bool byArea)
        {
            _from = from;
            _inverse = (double)to / from;
            _scale = 1 / _inverse;
            _byArea = byArea;
        }

        // At the left and right border the nearest pixel counts whole.
        public Tap ColumnTap(int index)
        {
            (int first, float fraction) = Place(index);
            return first < 0 || first >= _from - 1
                ? Whole(Math.Clamp(first, 0, _from - 1))
                : new Tap(first, first + 1, Weight(1 - fraction), Weight(fraction));
        }

        // At the upper and lower border the nearest row is mixed with itself.
        public Tap RowTap(int index)
        {
            (int first, float fraction) = Place(index);
            return new Tap(Math.Clamp(first, 0, _from - 1), Math.Clamp(first + 1, 0, _from - 1), Weight(1 - fraction), Weight(fraction));
        }

        private static Tap Whole(int pixel) => new(pixel, pixel, One, 0);

        private static int Weight(float share) => (int)MathF.Round(share * One, MidpointRounding.ToEven);

        private (int First, float Fraction) Place(int index)
        {
            if (_byArea)
            {
                int start = (int)Math.Floor(index * _scale);
                float covered = (float)(index + 1 - ((start + 1) * _inverse));
                return (start, covered <= 0 ? 0 : covered - MathF.Floor(covered));
            }

            float place = (float)(((index + 0.5) * _scale) - 0.5);
            int first = (int)MathF.Floor(place);
            return (first, place - first);
        }
    }
}
