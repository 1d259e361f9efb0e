using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mtcnn.Pixels;

namespace Mtcnn.Sampling;

/// <summary>
/// Shrinks by whole numbers of pixels on 8 bits, normalised after: bit for bit what <c>cv::resize(INTER_AREA)</c> gives
/// where both sides are whole multiples, which adds up in whole numbers.
/// </summary>
internal readonly ref struct WholeAreaSampler : IRowSampler
{
    private readonly SourceRows _source;
    private readonly int _firstColumn;
    private readonly int _across;
    private readonly int _down;

    public WholeAreaSampler(SourceRows source, ImageSize size, PixelRect tile)
    {
        _source = source;
        _firstColumn = tile.X;
        _across = source.Width / size.Width;
        _down = source.Height / size.Height;
    }

    public void WriteRow(int row, Span<Vector128<float>> pixels)
    {
        Span<Vector128<int>> sums = MemoryMarshal.Cast<Vector128<float>, Vector128<int>>(pixels);
        sums.Clear();
        for (int tap = 0; tap < _down; tap++)
        {
            Add((row * _down) + tap, sums);
        }

        // OpenCV rounds half up where it halves both sides, and half to even elsewhere.
        if (_across == 2 && _down == 2)
        {
            for (int x = 0; x < pixels.Length; x++)
            {
                pixels[x] = Pixel.Normalize(Vector128.ConvertToSingle((sums[x] + Vector128.Create(2)) >> 2));
            }
        }
        else
        {
            float share = 1f / (_across * _down);
            for (int x = 0; x < pixels.Length; x++)
            {
                pixels[x] = Pixel.Normalize(Vector128.Round(Vector128.ConvertToSingle(sums[x]) * share));
            }
        }
    }

    private void Add(int row, Span<Vector128<int>> sums)
    {
        ref byte source = ref _source[row, 0];
        int offset = _firstColumn * _across * BgrImage.Channels;
        for (int x = 0; x < sums.Length; x++)
        {
            Vector128<int> sum = sums[x];
            for (int tap = 0; tap < _across; tap++, offset += BgrImage.Channels)
            {
                sum += Pixel.Read(ref source, offset);
            }

            sums[x] = sum;
        }
    }
}
