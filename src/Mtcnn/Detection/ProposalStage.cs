using CaffeSharp;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>
/// The first step of the cascade: 12net slides over every level of the pyramid and proposes boxes. Not thread-safe: one
/// caller at a time, as for the net it runs. The net is the caller's and must outlive the stage.
/// </summary>
public sealed class ProposalStage
{
    private readonly Net _net;
    private readonly Blob _data;
    private readonly Blob _probabilities;
    private readonly Blob _offsets;
    private readonly CascadeProfile _profile;

    /// <summary>Makes a stage of a net.</summary>
    /// <param name="net">A 12net (see <see cref="NetworkDefinitions.Proposal"/>) with its weights.</param>
    /// <param name="profile">The way to run it.</param>
    public ProposalStage(Net net, CascadeProfile profile)
    {
        _net = net;
        _profile = profile;
        _data = net.Blobs["data"];
        _probabilities = net.Blobs["prob1"];
        _offsets = net.Blobs["conv4-2"];
    }

    /// <summary>Proposes boxes in a picture.</summary>
    /// <param name="picture">The picture, 8-bit BGR.</param>
    /// <param name="levels">The sizes to look at (see <see cref="ImagePyramid"/>).</param>
    /// <param name="threshold">The least face probability, from 0 to 1.</param>
    /// <returns>The proposed boxes after both suppressions, in pixels of the picture, in falling score.</returns>
    /// <exception cref="ArgumentException">The picture is not 8-bit BGR.</exception>
    public IReadOnlyList<ScoredBox> Run(Mat picture, IReadOnlyList<PyramidLevel> levels, double threshold)
    {
        ImageSize image = Picture.SizeOf(picture);
        CandidateList all = new(image);
        foreach (PyramidLevel level in levels)
        {
            CandidateList ofLevel = Scan(picture, image, level, (float)threshold);
            ofLevel.Suppress(_profile.LevelSuppression);
            all.AddRange(ofLevel);
        }

        all.Finish(_profile.Proposal);
        return all.ToBoxes();
    }

    private CandidateList Scan(Mat picture, ImageSize image, PyramidLevel level, float threshold)
    {
        CandidateList found = new(image);
        ImageSize size = new(level.Width, level.Height);
        Rect whole = new(0, 0, image.Width, image.Height);
        foreach (LevelTiles.Tile tile in LevelTiles.Split(size))
        {
            _data.Reshape(1, 3, tile.Pixels.Width, tile.Pixels.Height);
            _profile.Resample(picture, new Resampling(whole, size, tile.Pixels, _profile.ChannelOrder), _data.MutableData.Span);
            _net.Forward();
            Collect(found, level, tile, threshold);
        }

        return found;
    }

    private void Collect(CandidateList found, PyramidLevel level, LevelTiles.Tile tile, float threshold)
    {
        int columns = _probabilities.Dimension(2);
        int rows = _probabilities.Dimension(3);
        int plane = columns * rows;
        ReadOnlySpan<float> faces = _probabilities.Data.Span.Slice(plane, plane);
        ReadOnlySpan<float> offsets = _offsets.Data.Span;
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
                found.Add(new Candidate(_profile.CellToBox(cell), faces[at], cell.Offsets), _profile.Proposal.BeforeSuppression);
            }
        }
    }
}
