using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>
/// A part of a picture brought to the size a network wants, from which any tile can be written into the network's input.
/// Not thread-safe. It may read the picture it was made from until it is disposed.
/// </summary>
public abstract class ResampledImage : IDisposable
{
    /// <summary>The three planes that a pixel enters.</summary>
    protected const int Channels = 3;

    /// <summary>Keeps the size.</summary>
    /// <param name="size">The size after resampling, in pixels.</param>
    protected ResampledImage(ImageSize size)
    {
        Size = size;
    }

    /// <summary>The size after resampling, in pixels.</summary>
    public ImageSize Size { get; }

    /// <summary>
    /// Writes a tile in the form the networks were trained on: normalised to about -1 to 1 and transposed, one plane a
    /// channel: the value of pixel <c>(x, y)</c> of channel c goes to <c>(c * tile.Width + x) * tile.Height + y</c>.
    /// </summary>
    /// <param name="tile">A rectangle inside <see cref="Size"/>.</param>
    /// <param name="planes">Room for 3 x width x height values of the tile.</param>
    /// <exception cref="ArgumentException">The tile leaves the image, or the room is of another size.</exception>
    public void Write(Rect tile, Span<float> planes)
    {
        if (tile.X < 0 || tile.Y < 0 || tile.Width < 1 || tile.Height < 1 || tile.Right > Size.Width || tile.Bottom > Size.Height)
        {
            throw new ArgumentException($"The tile {tile} leaves an image of {Size.Width} x {Size.Height} pixels.", nameof(tile));
        }

        if (planes.Length != Channels * tile.Width * tile.Height)
        {
            throw new ArgumentException(
                $"A tile of {tile.Width} x {tile.Height} pixels takes {Channels * tile.Width * tile.Height} values, not {planes.Length}.",
                nameof(planes));
        }

        WriteTile(tile, planes);
    }

    /// <summary>Writes the whole image (see <see cref="Write(Rect, Span{float})"/>).</summary>
    public void Write(Span<float> planes) => Write(new Rect(0, 0, Size.Width, Size.Height), planes);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a tile whose arguments are already checked.</summary>
    protected abstract void WriteTile(Rect tile, Span<float> planes);

    /// <summary>Releases what the subclass holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
