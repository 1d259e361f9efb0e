using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using OpenCvSharp;

namespace Mtcnn.Pixels;

/// <summary>
/// Shrinks by area on 8 bits, normalised after: to the bit what <c>cv::resize(INTER_AREA)</c> gives where neither side
/// grows and a side is no whole multiple, which adds up in single precision: across first, rows one after the other.
/// </summary>
internal readonly ref struct AreaSampler : IRowSampler
{
    private readonly SourceRows _source;
    private readonly int _rowsAfter;
    private readonly int _taps;
    private readonly int[] _offsets;
    private readonly float[] _weights;

    public AreaSampler(SourceRows source, Size size, Rect tile)
    {
        _source = source;
        _rowsAfter = size.Height;
        _taps = 1;
        for (int x = 0; x < tile.Width; x++)
        {
            _taps = Math.Max(_taps, new AreaTaps(tile.X + x, source.Width, size.Width).Count);
        }

        // All columns get as many taps; those too many have no weight, which changes no sum.
        _offsets = ArrayPool<int>.Shared.Rent(tile.Width);
        _weights = ArrayPool<float>.Shared.Rent(tile.Width * _taps);
        _weights.AsSpan(0, tile.Width * _taps).Clear();
        for (int x = 0; x < tile.Width; x++)
        {
            AreaTaps taps = new(tile.X + x, source.Width, size.Width);
            int first = Math.Min(taps.First, source.Width - _taps);
            _offsets[x] = first * SourceRows.Channels;
            for (int tap = 0; tap < taps.Count; tap++)
            {
                _weights[(x * _taps) + taps.First - first + tap] = taps[tap];
            }
        }
    }

    public void WriteRow(int row, Span<Vector128<float>> pixels)
    {
        AreaTaps down = new(row, _source.Height, _rowsAfter);
        pixels.Clear();
        int tap = 0;
        if (Avx2.IsSupported)
        {
            for (; tap + 2 <= down.Count; tap += 2)
            {
                AddTwo(down.First + tap, down[tap], down[tap + 1], pixels);
            }
        }

        for (; tap < down.Count; tap++)
        {
            AddOne(down.First + tap, down[tap], pixels);
        }

        foreach (ref Vector128<float> pixel in pixels)
        {
            pixel = Pixel.Normalize(Vector128.Round(pixel));
        }
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_offsets);
        ArrayPool<float>.Shared.Return(_weights);
    }

    private void AddOne(int row, float share, Span<Vector128<float>> sums)
    {
        ref byte source = ref _source[row, 0];
        ref int offsets = ref MemoryMarshal.GetArrayDataReference(_offsets);
        ref float weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        for (int x = 0; x < sums.Length; x++)
        {
            Vector128<float> across = Vector128<float>.Zero;
            int offset = Unsafe.Add(ref offsets, x);
            for (int tap = 0; tap < _taps; tap++, offset += SourceRows.Channels)
            {
                across += Vector128.ConvertToSingle(Pixel.Read(ref source, offset)) * weights;
                weights = ref Unsafe.Add(ref weights, 1);
            }

            sums[x] += across * share;
        }
    }

    // Two rows side by side in one vector; the sums are those of one row after the other.
    private void AddTwo(int row, float upperShare, float lowerShare, Span<Vector128<float>> sums)
    {
        ref byte upper = ref _source[row, 0];
        ref byte lower = ref _source[row + 1, 1];
        ref int offsets = ref MemoryMarshal.GetArrayDataReference(_offsets);
        ref float weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        Vector256<float> shares = Vector256.Create(Vector128.Create(upperShare), Vector128.Create(lowerShare));
        for (int x = 0; x < sums.Length; x++)
        {
            Vector256<float> across = Vector256<float>.Zero;
            int offset = Unsafe.Add(ref offsets, x);
            for (int tap = 0; tap < _taps; tap++, offset += SourceRows.Channels)
            {
                Vector128<int> both = Vector128.CreateScalar(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref upper, offset)))
                    .WithElement(1, Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref lower, offset)));
                across += Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(both.AsByte())) * weights;
                weights = ref Unsafe.Add(ref weights, 1);
            }

            Vector256<float> shared = across * shares;
            sums[x] = sums[x] + shared.GetLower() + shared.GetUpper();
        }
    }
}
