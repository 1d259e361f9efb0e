using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Mtcnn.Pixels;

namespace Mtcnn.Sampling;

/// <summary>
/// Writes rows of pixels in the form the networks were trained on: transposed, one plane a channel. The value of pixel
/// <c>(x, y)</c> of channel c goes to <c>(c * width + x) * height + y</c>.
/// </summary>
internal static class TileWriter
{
    // So many rows are written together: a column of them fills a cache line of the transposed plane.
    private const int RowsTogether = 16;
    private const int Lanes = 4;

    /// <summary>Writes a tile.</summary>
    /// <param name="sampler">Makes the tile's rows.</param>
    /// <param name="tile">The tile's place in the resampled image.</param>
    /// <param name="format">The order of the planes: <see cref="PixelFormat.Bgr24"/> or <see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="planes">Room for 3 x width x height values.</param>
    public static void Write<TSampler>(TSampler sampler, PixelRect tile, PixelFormat format, Span<float> planes)
        where TSampler : struct, IRowSampler, allows ref struct
    {
        Vector128<float>[] block = ArrayPool<Vector128<float>>.Shared.Rent(RowsTogether * tile.Width);
        try
        {
            for (int first = 0; first < tile.Height; first += RowsTogether)
            {
                int rows = Math.Min(RowsTogether, tile.Height - first);
                for (int row = 0; row < rows; row++)
                {
                    sampler.WriteRow(tile.Y + first + row, block.AsSpan(row * tile.Width, tile.Width));
                }

                Transpose(block.AsSpan(0, rows * tile.Width), tile, first, format, planes);
            }
        }
        finally
        {
            ArrayPool<Vector128<float>>.Shared.Return(block);
        }
    }

    private static void Transpose(ReadOnlySpan<Vector128<float>> block, PixelRect tile, int firstRow, PixelFormat format, Span<float> planes)
    {
        int planeLength = tile.Width * tile.Height;
        int blue = format == PixelFormat.Bgr24 ? 0 : 2;
        ref float first = ref MemoryMarshal.GetReference(planes.Slice(blue * planeLength, planeLength));
        ref float second = ref MemoryMarshal.GetReference(planes.Slice(planeLength, planeLength));
        ref float third = ref MemoryMarshal.GetReference(planes.Slice((2 - blue) * planeLength, planeLength));
        ref Vector128<float> pixels = ref MemoryMarshal.GetReference(block);
        int rows = block.Length / tile.Width;
        for (int x = 0; x < tile.Width; x++)
        {
            int at = (x * tile.Height) + firstRow;
            int row = 0;
            if (Sse.IsSupported)
            {
                for (; row + Lanes <= rows; row += Lanes)
                {
                    ref Vector128<float> from = ref Unsafe.Add(ref pixels, (row * tile.Width) + x);
                    Vector128<float> a = from;
                    Vector128<float> b = Unsafe.Add(ref from, tile.Width);
                    Vector128<float> c = Unsafe.Add(ref from, 2 * tile.Width);
                    Vector128<float> d = Unsafe.Add(ref from, 3 * tile.Width);
                    Vector128<float> lowOfFirst = Sse.UnpackLow(a, b);
                    Vector128<float> lowOfSecond = Sse.UnpackLow(c, d);
                    Sse.MoveLowToHigh(lowOfFirst, lowOfSecond).StoreUnsafe(ref first, (nuint)(at + row));
                    Sse.MoveHighToLow(lowOfSecond, lowOfFirst).StoreUnsafe(ref second, (nuint)(at + row));
                    Sse.MoveLowToHigh(Sse.UnpackHigh(a, b), Sse.UnpackHigh(c, d)).StoreUnsafe(ref third, (nuint)(at + row));
                }
            }

            for (; row < rows; row++)
            {
                Vector128<float> pixel = Unsafe.Add(ref pixels, (row * tile.Width) + x);
                Unsafe.Add(ref first, at + row) = pixel[0];
                Unsafe.Add(ref second, at + row) = pixel[1];
                Unsafe.Add(ref third, at + row) = pixel[2];
            }
        }
    }
}
