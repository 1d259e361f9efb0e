using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Mtcnn.Pixels;

namespace Mtcnn.Sampling;

/// <summary>
/// Shrinks by area on 8 bits, normalised after: bit for bit what <c>cv::resize(INTER_AREA)</c> gives where neither side
/// grows and a side is not a whole multiple, which adds up in single precision: across first, rows one after the other.
/// </summary>
internal ref struct AreaSampler : IRowSampler
{
    // So many source rows are added up across together, side by side in vectors.
    private const int RowsTogether = SourceRows.Slots;

    // Whole pixels in a vector of 16 bytes, and what they take.
    private const int PixelsTogether = 5;
    private const int BytesTogether = PixelsTogether * BgrImage.Channels;

    // By pixel of the 16 bytes, where its channels go in each quarter: to the lowest byte of a whole number. What is beyond 15 is 0.
    private static readonly Vector512<byte>[] Spread = [.. Enumerable.Range(0, PixelsTogether).Select(SpreadOf)];

    private readonly SourceRows _source;
    private readonly int _rowsAfter;
    private readonly int _taps;
    private readonly int[] _offsets;
    private readonly float[] _weights;

    // Of each column, the sums across of the rows of the group.
    private readonly Vector512<float>[] _sums;
    private int _group;

    public AreaSampler(SourceRows source, ImageSize size, PixelRect tile)
    {
        _source = source;
        _rowsAfter = size.Height;
        _group = -1;
        _taps = 1;
        for (int x = 0; x < tile.Width; x++)
        {
            _taps = Math.Max(_taps, new AreaTaps(tile.X + x, source.Width, size.Width).Count);
        }

        // All columns get as many taps; those too many have no weight, which changes no sum.
        _sums = ArrayPool<Vector512<float>>.Shared.Rent(tile.Width);
        _offsets = ArrayPool<int>.Shared.Rent(tile.Width);
        _weights = ArrayPool<float>.Shared.Rent(tile.Width * _taps);
        _weights.AsSpan(0, tile.Width * _taps).Clear();
        for (int x = 0; x < tile.Width; x++)
        {
            AreaTaps taps = new(tile.X + x, source.Width, size.Width);
            int first = Math.Min(taps.First, source.Width - _taps);
            _offsets[x] = first * BgrImage.Channels;
            for (int tap = 0; tap < taps.Count; tap++)
            {
                _weights[(x * _taps) + taps.First - first + tap] = taps[tap];
            }
        }
    }

    public void WriteRow(int row, Span<Vector128<float>> pixels)
    {
        AreaTaps down = new(row, _source.Height, _rowsAfter);
        int firstGroup = down.First / RowsTogether;
        int lastGroup = (down.First + down.Count - 1) / RowsTogether;
        for (int group = firstGroup; group <= lastGroup; group++)
        {
            if (group != _group)
            {
                _group = group;
                SumGroup(pixels.Length);
            }

            // The rows of the group that are others' have no share, which changes no sum.
            Vector128<float> shares = Vector128<float>.Zero;
            for (int slot = 0; slot < RowsTogether; slot++)
            {
                int tap = (group * RowsTogether) + slot - down.First;
                shares = shares.WithElement(slot, tap >= 0 && tap < down.Count ? down[tap] : 0);
            }

            AddGroup(shares, group == firstGroup, group == lastGroup, pixels);
        }
    }

    public readonly void Dispose()
    {
        ArrayPool<Vector512<float>>.Shared.Return(_sums);
        ArrayPool<int>.Shared.Return(_offsets);
        ArrayPool<float>.Shared.Return(_weights);
    }

    private static Vector512<byte> SpreadOf(int pixel)
    {
        Span<byte> places = stackalloc byte[Vector512<byte>.Count];
        places.Fill(byte.MaxValue);
        for (int channel = 0; channel < Vector512<float>.Count; channel++)
        {
            places[channel * sizeof(int)] = (byte)((pixel * BgrImage.Channels) + (channel % Vector128<float>.Count));
        }

        return Vector512.Create<byte>(places);
    }

    private readonly void AddGroup(Vector128<float> shares, bool isFirst, bool isLast, Span<Vector128<float>> pixels)
    {
        Vector256<float> first = Vector256.Create(Vector128.Create(shares[0]), Vector128.Create(shares[1]));
        Vector256<float> second = Vector256.Create(Vector128.Create(shares[2]), Vector128.Create(shares[3]));
        ref Vector512<float> sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        ref Vector128<float> pixel = ref MemoryMarshal.GetReference(pixels);
        for (int x = 0; x < pixels.Length; x++)
        {
            Vector512<float> across = Unsafe.Add(ref sums, x);
            Vector256<float> upper = across.GetLower() * first;
            Vector256<float> lower = across.GetUpper() * second;
            Vector128<float> sum = isFirst ? upper.GetLower() : Unsafe.Add(ref pixel, x) + upper.GetLower();
            sum = sum + upper.GetUpper() + lower.GetLower() + lower.GetUpper();
            Unsafe.Add(ref pixel, x) = isLast ? Pixel.Normalize(Vector128.Round(sum)) : sum;
        }
    }

    private readonly void SumGroup(int columns)
    {
        int first = _group * RowsTogether;
        int last = _source.Height - 1;
        ref byte a = ref _source[first, 0];
        ref byte b = ref _source[Math.Min(first + 1, last), 1];
        ref byte c = ref _source[Math.Min(first + 2, last), 2];
        ref byte d = ref _source[Math.Min(first + 3, last), 3];
        Span<Vector512<float>> sums = _sums.AsSpan(0, columns);
        if (Avx512BW.IsSupported)
        {
            SumFour(ref a, ref b, ref c, ref d, sums);
        }
        else if (Avx2.IsSupported)
        {
            Span<Vector256<float>> halves = MemoryMarshal.Cast<Vector512<float>, Vector256<float>>(sums);
            SumTwo(ref a, ref b, halves);
            SumTwo(ref c, ref d, halves[1..]);
        }
        else
        {
            Span<Vector128<float>> quarters = MemoryMarshal.Cast<Vector512<float>, Vector128<float>>(sums);
            SumOne(ref a, quarters);
            SumOne(ref b, quarters[1..]);
            SumOne(ref c, quarters[2..]);
            SumOne(ref d, quarters[3..]);
        }
    }

    private readonly void SumFour(ref byte a, ref byte b, ref byte c, ref byte d, Span<Vector512<float>> sums)
    {
        ref int offsets = ref MemoryMarshal.GetArrayDataReference(_offsets);
        ref float weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref Vector512<byte> spread = ref MemoryMarshal.GetArrayDataReference(Spread);
        for (int x = 0; x < sums.Length; x++)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            nuint offset = (nuint)Unsafe.Add(ref offsets, x);
            for (int left = _taps; left > 0; left -= PixelsTogether, offset += BytesTogether)
            {
                Vector512<byte> bytes = Vector512.Create(
                    Vector256.Create(Vector128.LoadUnsafe(ref a, offset), Vector128.LoadUnsafe(ref b, offset)),
                    Vector256.Create(Vector128.LoadUnsafe(ref c, offset), Vector128.LoadUnsafe(ref d, offset)));
                int pixels = Math.Min(left, PixelsTogether);
                for (int pixel = 0; pixel < pixels; pixel++)
                {
                    Vector512<int> values = Avx512BW.Shuffle(bytes, Unsafe.Add(ref spread, pixel)).AsInt32();
                    sum += Vector512.ConvertToSingle(values) * weights;
                    weights = ref Unsafe.Add(ref weights, 1);
                }
            }

            sums[x] = sum;
        }
    }

    // Every second of the sums.
    private readonly void SumTwo(ref byte a, ref byte b, Span<Vector256<float>> sums)
    {
        ref int offsets = ref MemoryMarshal.GetArrayDataReference(_offsets);
        ref float weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref Vector512<byte> spread = ref MemoryMarshal.GetArrayDataReference(Spread);
        for (int x = 0; x < sums.Length; x += 2)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            nuint offset = (nuint)Unsafe.Add(ref offsets, x / 2);
            for (int left = _taps; left > 0; left -= PixelsTogether, offset += BytesTogether)
            {
                Vector256<byte> bytes = Vector256.Create(Vector128.LoadUnsafe(ref a, offset), Vector128.LoadUnsafe(ref b, offset));
                int pixels = Math.Min(left, PixelsTogether);
                for (int pixel = 0; pixel < pixels; pixel++)
                {
                    Vector256<int> values = Avx2.Shuffle(bytes, Unsafe.Add(ref spread, pixel).GetLower()).AsInt32();
                    sum += Vector256.ConvertToSingle(values) * weights;
                    weights = ref Unsafe.Add(ref weights, 1);
                }
            }

            sums[x] = sum;
        }
    }

    // Every fourth of the sums.
    private readonly void SumOne(ref byte row, Span<Vector128<float>> sums)
    {
        ref int offsets = ref MemoryMarshal.GetArrayDataReference(_offsets);
        ref float weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        for (int x = 0; x < sums.Length; x += RowsTogether)
        {
            Vector128<float> sum = Vector128<float>.Zero;
            int offset = Unsafe.Add(ref offsets, x / RowsTogether);
            for (int tap = 0; tap < _taps; tap++, offset += BgrImage.Channels)
            {
                sum += Vector128.ConvertToSingle(Pixel.Read(ref row, offset)) * weights;
                weights = ref Unsafe.Add(ref weights, 1);
            }

            sums[x] = sum;
        }
    }
}
