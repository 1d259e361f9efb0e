using Mtcnn.Pixels;

namespace Mtcnn.Sampling;

/// <summary>
/// Moves an image by an affine transform, bilinearly, bit for bit as <c>cv::warpAffine(INTER_LINEAR)</c> does in whole numbers: places in 32nds of a pixel, weights in
/// 32768ths. What lies outside the image is 0. Pure and thread-safe.
/// </summary>
internal static class AffineWarp
{
    // A place is computed with this many bits of fraction, and rounded to those that select the weights.
    private const int PlaceBits = 10;
    private const int FractionBits = 5;
    private const int Fractions = 1 << FractionBits;
    private const int HalfStep = 1 << (PlaceBits - FractionBits - 1);

    // A weight is a product of two fractions, widened so that the four of a pixel add up to 2^15.
    private const int WeightBits = 15;
    private const int WeightUnit = 1 << (WeightBits - (2 * FractionBits));

    /// <summary>Fills an image.</summary>
    /// <param name="source">The image to take pixels from.</param>
    /// <param name="matrix">The 2 x 3 matrix that takes places of the source to places of the target, row by row; it can be inverted.</param>
    /// <param name="target">The image to fill, of the same format.</param>
    public static void Run(PinnedPixels source, ReadOnlySpan<double> matrix, PixelBuffer target)
    {
        Span<double> back = stackalloc double[6];
        Invert(matrix, back);
        int[] across = new int[target.Width];
        int[] down = new int[target.Width];
        for (int x = 0; x < target.Width; x++)
        {
            across[x] = ToPlace(back[0] * x);
            down[x] = ToPlace(back[3] * x);
        }

        for (int y = 0; y < target.Height; y++)
        {
            int left = ToPlace((back[1] * y) + back[2]) + HalfStep;
            int top = ToPlace((back[4] * y) + back[5]) + HalfStep;
            FillRow(source, across, down, left, top, target.Row(y));
        }
    }

    private static void Invert(ReadOnlySpan<double> matrix, Span<double> back)
    {
        double scale = 1 / ((matrix[0] * matrix[4]) - (matrix[1] * matrix[3]));
        back[0] = matrix[4] * scale;
        back[1] = matrix[1] * -scale;
        back[3] = matrix[3] * -scale;
        back[4] = matrix[0] * scale;
        back[2] = (-back[0] * matrix[2]) - (back[1] * matrix[5]);
        back[5] = (-back[3] * matrix[2]) - (back[4] * matrix[5]);
    }

    private static int ToPlace(double pixels) => (int)Math.Round(pixels * (1 << PlaceBits), MidpointRounding.ToEven);

    private static unsafe void FillRow(PinnedPixels source, ReadOnlySpan<int> across, ReadOnlySpan<int> down, int left, int top, Span<byte> row)
    {
        int channels = PixelLayout.BytesPerPixel(source.Format);
        byte* origin = (byte*)source.Origin;
        for (int x = 0; x < across.Length; x++)
        {
            int placeX = unchecked(left + across[x]) >> (PlaceBits - FractionBits);
            int placeY = unchecked(top + down[x]) >> (PlaceBits - FractionBits);
            int column = placeX >> FractionBits;
            int line = placeY >> FractionBits;
            if (column < -1 || line < -1 || column >= source.Width || line >= source.Height)
            {
                // Black already.
                continue;
            }

            int rightShare = placeX & (Fractions - 1);
            int lowerShare = placeY & (Fractions - 1);
            int upper = (Fractions - lowerShare) * WeightUnit;
            int lower = lowerShare * WeightUnit;
            bool hasLeft = column >= 0;
            bool hasRight = column + 1 < source.Width;
            bool hasUpper = line >= 0;
            bool hasLower = line + 1 < source.Height;
            byte* pixel = origin + (line * source.Stride) + ((nint)column * channels);
            Span<byte> target = row.Slice(x * channels, channels);
            for (int channel = 0; channel < channels; channel++, pixel++)
            {
                int upperLeft = hasUpper && hasLeft ? pixel[0] : 0;
                int upperRight = hasUpper && hasRight ? pixel[channels] : 0;
                int lowerLeft = hasLower && hasLeft ? pixel[source.Stride] : 0;
                int lowerRight = hasLower && hasRight ? pixel[source.Stride + channels] : 0;
                int mixed = (((upperLeft * (Fractions - rightShare)) + (upperRight * rightShare)) * upper)
                    + (((lowerLeft * (Fractions - rightShare)) + (lowerRight * rightShare)) * lower);
                target[channel] = (byte)((mixed + (1 << (WeightBits - 1))) >> WeightBits);
            }
        }
    }
}
