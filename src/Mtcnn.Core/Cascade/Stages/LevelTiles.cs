using Mtcnn.Cascade.Profiles;
using Mtcnn.Pixels;

namespace Mtcnn.Cascade.Stages;

/// <summary>
/// Cuts a pyramid level into tiles that give, cell by cell, what the whole level gives: 12net is fully convolutional, cell
/// (x, y) sees the 12 x 12 pixels from (2x, 2y). Bounds the memory of Caffe's blobs and buffers whatever the image's size.
/// </summary>
internal static class LevelTiles
{
    // A cell's window reaches this much beyond its stride.
    private const int Stride = 2;
    private const int Overlap = PyramidLevel.CellSide - Stride;

    /// <summary>How many cells 12net has along a side of so many pixels; 0 if there are fewer than 12.</summary>
    public static int CellsOf(int pixels) => pixels < PyramidLevel.CellSide ? 0 : ((pixels + 1) / Stride) - 5;

    /// <summary>Adds the tiles of a level to a list.</summary>
    /// <param name="tiles">The list.</param>
    /// <param name="level">The level's size in pixels.</param>
    /// <param name="largest">The largest tile.</param>
    public static void AddTo(List<Tile> tiles, ImageSize level, TileSize largest)
    {
        int columns = PartsOf(level.Width, largest.Columns);
        int rows = PartsOf(level.Height, largest.Rows);
        for (int column = 0; column < columns; column++)
        {
            (int left, int width) = PartOf(level.Width, columns, column);
            for (int row = 0; row < rows; row++)
            {
                (int top, int height) = PartOf(level.Height, rows, row);
                tiles.Add(new Tile(new PixelRect(left, top, width, height), left / Stride, top / Stride));
            }
        }
    }

    private static int PartsOf(int pixels, int maximumCells) => (CellsOf(pixels) + maximumCells - 1) / maximumCells;

    private static (int Start, int Length) PartOf(int pixels, int parts, int part)
    {
        int start = FirstCellOf(pixels, parts, part) * Stride;
        int end = part == parts - 1 ? pixels : (FirstCellOf(pixels, parts, part + 1) * Stride) + Overlap;
        return (start, end - start);
    }

    // Even, because the accelerated engine computes rows in pairs: the same ones as in the whole level, bit for bit.
    private static int FirstCellOf(int pixels, int parts, int part)
    {
        long pairs = (CellsOf(pixels) + 1) / 2;
        return (int)(pairs * part / parts) * 2;
    }

    /// <summary>A tile.</summary>
    /// <param name="Pixels">Its place in the level.</param>
    /// <param name="FirstColumn">The level's cell column that its first column is.</param>
    /// <param name="FirstRow">The level's cell row that its first row is.</param>
    internal readonly record struct Tile(PixelRect Pixels, int FirstColumn, int FirstRow);
}
