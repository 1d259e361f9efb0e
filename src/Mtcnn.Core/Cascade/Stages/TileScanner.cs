using Mtcnn.Cascade.Boxes;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Pixels;
using Mtcnn.Sampling;

namespace Mtcnn.Cascade.Stages;

/// <summary>Runs 12net over one tile of a pyramid level at a time. Not thread-safe. The net is the caller's.</summary>
internal sealed class TileScanner(INetPass net, CascadeProfile profile)
{
    /// <summary>Finds the cells of a tile that look like a face.</summary>
    /// <param name="image">The image.</param>
    /// <param name="region">The whole image.</param>
    /// <param name="level">The level.</param>
    /// <param name="tile">The tile of it.</param>
    /// <param name="threshold">The least face probability.</param>
    /// <param name="found">Gets the windows of those cells.</param>
    public void Scan(BgrImage image, PixelRect region, PyramidLevel level, LevelTiles.Tile tile, float threshold, CandidateList found)
    {
        Resampling what = new(region, new ImageSize(level.Width, level.Height), tile.Pixels, profile.Rules.Planes);
        profile.Rules.Resample(image, what, net.Input(1, tile.Pixels.Width, tile.Pixels.Height));
        net.Forward();

        int rows = LevelTiles.CellsOf(tile.Pixels.Height);
        int plane = LevelTiles.CellsOf(tile.Pixels.Width) * rows;
        ReadOnlySpan<float> faces = net.Output("prob1").Slice(plane, plane);
        ReadOnlySpan<float> offsets = net.Output("conv4-2");
        for (int at = 0; at < faces.Length; at++)
        {
            if (faces[at] >= threshold)
            {
                ProposalCell cell = new(
                    tile.FirstColumn + (at / rows),
                    tile.FirstRow + (at % rows),
                    LevelTiles.CellsOf(level.Width),
                    LevelTiles.CellsOf(level.Height),
                    level.Scale,
                    new BoxOffsets(offsets[at], offsets[at + plane], offsets[at + (2 * plane)], offsets[at + (3 * plane)]));
                found.Add(new Candidate(profile.Rules.CellToBox(cell), faces[at], cell.Offsets), profile.Rules.Proposal.BeforeSuppression);
            }
        }
    }
}
