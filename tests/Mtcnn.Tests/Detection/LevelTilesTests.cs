using CaffeSharp;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Cascade.Stages;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Sampling;
using Mtcnn.Tests.Support;
using OpenCvSharp;

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

        foreach (LevelTiles.Tile tile in Split(new ImageSize(width, height), 40))
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

    [Theory]
    [InlineData(211, 158)]
    [InlineData(212, 157)]
    public void Tiles_give_cell_by_cell_what_12net_gives_for_the_whole_level(int width, int height)
    {
        using CascadeNets nets = Detectors.LoadNets();
        using Mat mat = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        Resampling level = new(new PixelRect(0, 0, mat.Width, mat.Height), new ImageSize(width, height), PixelFormat.Rgb24);
        float[] whole = FaceProbabilities(nets.Proposal, mat, level);
        int rows = LevelTiles.CellsOf(height);
        int compared = 0;

        foreach (LevelTiles.Tile tile in Split(level.Size, 30))
        {
            float[] part = FaceProbabilities(nets.Proposal, mat, level with { Tile = tile.Pixels });
            int tileRows = LevelTiles.CellsOf(tile.Pixels.Height);
            for (int i = 0; i < part.Length; i++, compared++)
            {
                int cell = ((tile.FirstColumn + (i / tileRows)) * rows) + tile.FirstRow + (i % tileRows);
                Assert.Equal(whole[cell], part[i]);
            }
        }

        Assert.Equal(whole.Length, compared);
    }

    private static List<LevelTiles.Tile> Split(ImageSize level, int maximumCells)
    {
        List<LevelTiles.Tile> tiles = [];
        LevelTiles.AddTo(tiles, level, new TileSize(maximumCells, maximumCells));
        return tiles;
    }

    private static float[] FaceProbabilities(Net net, Mat mat, Resampling level)
    {
        net.Blobs["data"].Reshape(1, 3, level.Tile.Width, level.Tile.Height);
        using BgrImage image = BgrImage.Of(mat.AsView());
        CascadeProfile.Authors.Rules.Resample(image, level, net.Blobs["data"].MutableData.Span);
        _ = net.Forward();
        float[] probabilities = net.Blobs["prob1"].ToArray();
        return probabilities[(probabilities.Length / 2)..];
    }
}
