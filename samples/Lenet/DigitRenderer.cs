using OpenCvSharp;

namespace CaffeSharp.Samples;

/// <summary>Renders digits, white on black, each in another hand: font, thickness, size, place, slant and noise.</summary>
internal sealed class DigitRenderer(int seed)
{
    /// <summary>Width and height of an image.</summary>
    internal const int Side = 28;

    private static readonly HersheyFonts[] s_fonts =
    [
        HersheyFonts.HersheySimplex, HersheyFonts.HersheyDuplex, HersheyFonts.HersheyComplex, HersheyFonts.HersheyTriplex,
    ];

    private readonly Random _random = new(seed);

    /// <summary>An image of the digit: 28 x 28 bytes, row by row.</summary>
    internal byte[] Render(int digit)
    {
        using Mat image = new(Side, Side, MatType.CV_8UC1, Scalar.Black);
        string text = $"{digit}";
        HersheyFonts font = s_fonts[_random.Next(s_fonts.Length)];
        int thickness = _random.Next(1, 3);
        double size = Between(0.6, 0.9);
        Size extent = Cv2.GetTextSize(text, font, size, thickness, out _);
        Point lowerLeft = new((Side - extent.Width) / 2, (Side + extent.Height) / 2);
        Cv2.PutText(image, text, lowerLeft, font, size, Scalar.White, thickness, LineTypes.AntiAlias);

        // Turned by up to 15 degrees, scaled, and shifted by up to 3 pixels each way.
        using Mat transform = Cv2.GetRotationMatrix2D(new Point2f(Side / 2f, Side / 2f), Between(-15, 15), Between(0.9, 1.1));
        transform.At<double>(0, 2) += Between(-3, 3);
        transform.At<double>(1, 2) += Between(-3, 3);
        using Mat moved = new();
        Cv2.WarpAffine(image, moved, transform, image.Size());

        moved.GetArray(out byte[] pixels);
        return Array.ConvertAll(pixels, pixel => (byte)Math.Clamp(pixel + Between(-40, 40), 0, 255));
    }

    private double Between(double low, double high) => low + ((high - low) * _random.NextDouble());
}
