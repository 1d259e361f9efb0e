using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>
/// Cuts a pyramid level into tiles that give, cell by cell, what the whole level gives: 12net is fully convolutional, cell
/// (x, y) sees the 12 x 12 pixels from (2x, 2y). Bounds the memory of Caffe's blobs and buffers whatever the picture's size.
/// </summary>
internal static class LevelTiles
{
    /// <summary>The most cells along a side of a tile.</summary>
    public const int MaximumCells = 128;

    // A cell's window reaches this much beyond its stride.
    private const int Stride = 2;
    private const int Overlap = ImagePyramid.CellSide - Stride;

    /// <summary>How many cells 12net has along a side of so many pixels; 0 where there are fewer than 12.</summary>
    public static int CellsOf(int pixels) => pixels < ImagePyramid.CellSide ? 0 : ((pixels + 1) / Stride) - 5;

    /// <summary>The tiles of a level.</summary>
    /// <param name="level">The level's size in pixels.</param>
    /// <param name="maximumCells">The most cells along a side of a tile.</param>
    public static IEnumerable<Tile> Split(ImageSize level, int maximumCells = MaximumCells)
    {
        foreach ((int left, int width) in SplitSide(level.Width, maximumCells))
        {
            foreach ((int top, int height) in SplitSide(level.Height, maximumCells))
            {
                yield return new Tile(new Rect(left, top, width, height), left / Stride, top / Stride);
            }
        }
    }

    private static IEnumerable<(int Start, int Length)> SplitSide(int pixels, int maximumCells)
    {
        int cells = CellsOf(pixels);
        int parts = (cells + maximumCells - 1) / maximumCells;
        for (int part = 0; part < parts; part++)
        {
            int first = (int)((long)cells * part / parts);
            int next = (int)((long)cells * (part + 1) / parts);
            int start = first * Stride;
            int end = part == parts - 1 ? pixels : (next * Stride) + Overlap;
            yield return (start, end - start);
        }
    }

    /// <summary>A tile.</summary>
    /// <param name="Pixels">Its place in the level.</param>
    /// <param name="FirstColumn">The level's cell column that its first column is.</param>
    /// <param name="FirstRow">The level's cell row that its first row is.</param>
    internal readonly record struct Tile(Rect Pixels, int FirstColumn, int FirstRow);
}
