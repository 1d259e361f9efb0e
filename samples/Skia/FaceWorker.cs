using Mtcnn.Alignment;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Pixels;
using SkiaSharp;

namespace Mtcnn.Samples.Skia;

/// <summary>Finds faces in the raw pixels that SkiaSharp decodes, and aligns them.</summary>
internal static class FaceWorker
{
    private const int Size = 112;

    /// <summary>Writes face-1.png, face-2.png, ... into a folder, and a line per face: its box, its score, its landmarks and its file.</summary>
    /// <param name="photo">An image file of a format that SkiaSharp decodes, such as JPEG or PNG.</param>
    /// <param name="folder">The folder; made where it is missing.</param>
    /// <param name="output">Takes the lines.</param>
    /// <returns>How many faces there are.</returns>
    /// <exception cref="InvalidDataException">The file is not an image.</exception>
    public static int Run(string photo, string folder, TextWriter output)
    {
        using FaceDetector detector = new();
        using SKBitmap bitmap = Decode(photo);
        FaceAligner aligner = new(Size);
        Directory.CreateDirectory(folder);
        int count = 0;

        // Nothing is copied but the colour channels, which the networks want as BGR.
        ReadOnlySpan<byte> pixels = bitmap.GetPixelSpan();
        foreach (Face face in detector.Detect(pixels, bitmap.Width, bitmap.Height, bitmap.RowBytes, PixelFormat.Bgra32))
        {
            AlignedFace aligned = aligner.Align(pixels, bitmap.Width, bitmap.Height, bitmap.RowBytes, PixelFormat.Bgra32, face.Landmarks);
            string path = Path.Combine(folder, $"face-{++count}.png");
            Write(aligned.Image, path);
            Box box = face.Box;
            output.WriteLine($"{box.Left:R} {box.Top:R} {box.Right:R} {box.Bottom:R} {face.Score:R} {string.Join(' ', face.Landmarks.ToArray().Select(point => $"{point.X:R} {point.Y:R}"))} {path}");
        }

        return count;
    }

    private static SKBitmap Decode(string path)
    {
        using SKCodec codec = SKCodec.Create(path, out SKCodecResult result);
        if (result != SKCodecResult.Success)
        {
            throw new InvalidDataException($"{path}: there is no such file, or it is not an image that SkiaSharp decodes ({result}).");
        }

        return SKBitmap.Decode(codec, new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul))
            ?? throw new InvalidDataException($"{path}: the image is damaged.");
    }

    private static void Write(PixelBuffer pixels, string path)
    {
        // What lies outside the photo is black: alpha is dropped.
        SKImageInfo info = new(pixels.Width, pixels.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
        using SKImage image = SKImage.FromPixelCopy(info, pixels.Pixels.Span, pixels.Stride);
        using SKData encoded = image.Encode(SKEncodedImageFormat.Png, 100);
        using FileStream file = File.Create(path);
        encoded.SaveTo(file);
    }
}
