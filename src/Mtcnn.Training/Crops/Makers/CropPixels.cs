using System.Buffers;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Sampling;
using OpenCvSharp;

namespace Mtcnn.Training.Crops.Makers;

/// <summary>Cuts the pixels of crops, with the same values as the detector's crops.</summary>
internal static class CropPixels
{
    /// <summary>Cuts a square region from an image and resizes it to a net's input size.</summary>
    /// <param name="source">The image, 8-bit BGR.</param>
    /// <param name="region">The region. Pixels outside the image are black.</param>
    /// <param name="side">The net's side in pixels.</param>
    /// <returns>The bytes in the layout of <see cref="Crop.Pixels"/>.</returns>
    public static byte[] Cut(Mat source, Rect region, int side)
    {
        using BgrImage image = BgrImage.Of(source.AsView());
        Resampling what = new(new PixelRect(region.X, region.Y, region.Width, region.Height), new ImageSize(side, side), PixelFormat.Rgb24);
        float[] planes = ArrayPool<float>.Shared.Rent(what.Length);
        try
        {
            CascadeProfile.Authors.Rules.Resample(image, what, planes.AsSpan(0, what.Length));
            byte[] pixels = new byte[what.Length];
            for (int i = 0; i < pixels.Length; i++)
            {
                // Normalised values are whole bytes, exactly.
                pixels[i] = (byte)((planes[i] * 128) + 127.5f);
            }

            return pixels;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(planes);
        }
    }
}
