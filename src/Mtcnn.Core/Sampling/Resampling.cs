using Mtcnn.Cascade.Profiles;
using Mtcnn.Pixels;


namespace Mtcnn.Sampling;

/// <summary>What a <see cref="ResampleRule"/> is asked to write into a network's input.</summary>
/// <param name="Region">The part of the image, in its pixels; it may leave the image and is black there.</param>
/// <param name="Size">The size to bring the region to, in pixels.</param>
/// <param name="Tile">The part of the resampled region that is written, in its pixels; it gives what the whole would give there.</param>
/// <param name="Planes">The order of the planes: <see cref="PixelFormat.Bgr24"/> or <see cref="PixelFormat.Rgb24"/>.</param>
internal readonly record struct Resampling(PixelRect Region, ImageSize Size, PixelRect Tile, PixelFormat Planes)
{
    /// <summary>The planes of an image.</summary>
    public const int Channels = 3;

    /// <summary>Asks for the whole of the resampled region.</summary>
    public Resampling(PixelRect region, ImageSize size, PixelFormat planes)
        : this(region, size, new PixelRect(0, 0, size.Width, size.Height), planes)
    {
    }

    /// <summary>How many values are written: one per pixel of the tile and channel.</summary>
    public int Length => Channels * Tile.Width * Tile.Height;

    /// <summary>Checks that all of it makes sense, and the room for the values.</summary>
    /// <param name="room">How many values there is room for.</param>
    /// <exception cref="ArgumentException">The region is empty, the tile is empty or leaves the resampled region, or the room is not <see cref="Length"/>.</exception>
    public void Check(int room)
    {
        if (Region.Width < 1 || Region.Height < 1)
        {
            throw new ArgumentException($"The region {Region} holds no pixel.");
        }

        if (Tile.X < 0 || Tile.Y < 0 || Tile.Width < 1 || Tile.Height < 1 || Tile.Right > Size.Width || Tile.Bottom > Size.Height)
        {
            throw new ArgumentException($"The tile {Tile} leaves an image of {Size.Width} x {Size.Height} pixels.");
        }

        if (room != Length)
        {
            throw new ArgumentException($"A tile of {Tile.Width} x {Tile.Height} pixels takes {Length} values, not {room}.");
        }
    }
}
