using Mtcnn.Detection;

namespace Mtcnn.Tests.Detection;

public sealed class LevelTilesTests
{
    [Theory]
    [InlineData(12, 1)]
    [InlineData(13, 2)]
    [InlineData(14, 2)]
    [InlineData(15, 3)]
    [InlineData(300, 145)]
    [InlineData(11, 0)]
    public void CellsOf_counts_as_12net_does(int pixels, int cells) => Assert.Equal(cells, LevelTiles.CellsOf(pixels));

    [Theory]
    [InlineData(12, 12)]
    [InlineData(13, 2000)]
    [InlineData(777, 401)]
    public void Split_covers_every_cell_once(int width, int height)
    {
        int columns = LevelTiles.CellsOf(width);
        int rows = LevelTiles.CellsOf(height);
        int[] seen = new int[columns * rows];

        foreach (LevelTiles.Tile tile in LevelTiles.Split(new ImageSize(width, height), 40))
        {
            Assert.InRange(LevelTiles.CellsOf(tile.Pixels.Width), 1, 40);
            Assert.InRange(tile.Pixels.Right, 12, width);
            Assert.InRange(tile.Pixels.Bottom, 12, height);
            for (int x = 0; x < LevelTiles.CellsOf(tile.Pixels.Width); x++)
            {
                for (int y = 0; y < LevelTiles.CellsOf(tile.Pixels.Height); y++)
                {
                    seen[((tile.FirstColumn + x) * rows) + tile.FirstRow + y]++;
                }
            }
        }

        Assert.All(seen, count => Assert.Equal(1, count));
    }
}
