using Mtcnn.Cascade.Profiles;
using Mtcnn.Pixels;

namespace Mtcnn.Sampling;

/// <summary>The published ways to bring a region of an image to a network's size. Pure and thread-safe.</summary>
internal static class Resampler
{
    /// <summary>
    /// The authors' way, a <see cref="ResampleRule"/>: 8-bit pixels are resized (by area where the width shrinks, else
    /// bilinearly) and normalised after, with the numbers of OpenCV. What lies outside the image is black.
    /// </summary>
    public static void InBytes(BgrImage image, in Resampling what, Span<float> planes)
    {
        what.Check(planes.Length);
        ImageSize size = what.Size;
        PixelRect region = what.Region;
        using SourceRows source = new(image, region);
        bool byArea = size.Width < region.Width;
        if (!byArea || size.Height > region.Height)
        {
            using ByteLinearSampler sampler = new(source, size, what.Tile, byArea);
            TileWriter.Write(sampler, what.Tile, what.Planes, planes);
        }
        else if (region.Width % size.Width == 0 && region.Height % size.Height == 0)
        {
            TileWriter.Write(new WholeAreaSampler(source, size, what.Tile), what.Tile, what.Planes, planes);
        }
        else
        {
            using AreaSampler sampler = new(source, size, what.Tile);
            TileWriter.Write(sampler, what.Tile, what.Planes, planes);
        }
    }

    /// <summary>
    /// mtcnn-caffe's way, a <see cref="ResampleRule"/>: normalised in double precision first and resized bilinearly after,
    /// with the numbers of OpenCV, without ever holding such an image (24 bytes per pixel).
    /// </summary>
    public static void InDoubles(BgrImage image, in Resampling what, Span<float> planes)
    {
        what.Check(planes.Length);
        using SourceRows source = new(image, what.Region);
        using DoubleLinearSampler sampler = new(source, what.Size, what.Tile);
        TileWriter.Write(sampler, what.Tile, what.Planes, planes);
    }
}
