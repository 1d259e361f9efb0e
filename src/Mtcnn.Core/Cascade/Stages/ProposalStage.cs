using CaffeSharp;
using Mtcnn.Cascade.Boxes;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Cascade.Stages;

/// <summary>
/// The first step of the cascade: 12net slides over every level of the pyramid and proposes boxes. Not thread-safe: one
/// caller at a time, as for the net it runs. The net is the caller's and must outlive the stage.
/// </summary>
public sealed class ProposalStage
{
    private readonly IExecutor<TileScanner> _executor;
    private readonly CascadeProfile _profile;
    private readonly TileSize _largestTile;
    private readonly Action<TileScanner, int> _scan;
    private readonly List<LevelTiles.Tile> _tiles = [];
    private readonly List<int> _levelOfTile = [];
    private readonly List<CandidateList> _foundInTile = [];
    private readonly CandidateList _ofLevel = new();
    private readonly CandidateList _all = new();
    private IReadOnlyList<PyramidLevel> _levels = [];
    private BgrImage? _image;
    private ImageSize _size;
    private float _threshold;

    /// <summary>Makes a stage of a net.</summary>
    /// <param name="net">A 12net (see <see cref="NetworkDefinition.Proposal"/>) with its weights.</param>
    /// <param name="profile">The way to run it.</param>
    public ProposalStage(Net net, CascadeProfile profile)
        : this(new SequentialExecutor<TileScanner>(new TileScanner(new CaffePass(net), profile)), profile, PieceSizes.For(net).Tile)
    {
    }

    internal ProposalStage(IExecutor<TileScanner> executor, CascadeProfile profile, TileSize largestTile)
    {
        _executor = executor;
        _profile = profile;
        _largestTile = largestTile;
        _scan = Scan;
    }

    /// <summary>What <see cref="Find"/> found, until it is called again.</summary>
    internal List<ScoredBox> Boxes => _all.Boxes;

    /// <summary>Proposes boxes in an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="levels">The sizes to look at (see <see cref="CascadeProfile.Levels"/>).</param>
    /// <param name="threshold">The least face probability, from 0 to 1.</param>
    /// <returns>The proposed boxes after both suppressions, in pixels of the image, in falling score.</returns>
    public IReadOnlyList<ScoredBox> Run(ImageView image, IReadOnlyList<PyramidLevel> levels, double threshold)
    {
        using BgrImage pixels = BgrImage.Of(image);
        Find(pixels, levels, threshold);
        return [.. Boxes];
    }

    /// <summary>As <see cref="Run"/>; the result is in <see cref="Boxes"/>.</summary>
    internal void Find(BgrImage image, IReadOnlyList<PyramidLevel> levels, double threshold)
    {
        _size = image.Size;
        _image = image;
        _threshold = (float)threshold;
        Split(levels);
        try
        {
            _executor.Run(_tiles.Count, _scan);
        }
        finally
        {
            _image = null;
        }

        Merge();
    }

    private void Split(IReadOnlyList<PyramidLevel> levels)
    {
        _levels = levels;
        _tiles.Clear();
        _levelOfTile.Clear();
        for (int level = 0; level < levels.Count; level++)
        {
            LevelTiles.AddTo(_tiles, new ImageSize(levels[level].Width, levels[level].Height), _largestTile);
            while (_levelOfTile.Count < _tiles.Count)
            {
                _levelOfTile.Add(level);
            }
        }

        while (_foundInTile.Count < _tiles.Count)
        {
            _foundInTile.Add(new CandidateList());
        }
    }

    private void Scan(TileScanner scanner, int tile)
    {
        CandidateList found = _foundInTile[tile];
        found.Reset(_size);
        scanner.Scan(_image!, new PixelRect(0, 0, _size.Width, _size.Height), _levels[_levelOfTile[tile]], _tiles[tile], _threshold, found);
    }

    private void Merge()
    {
        _all.Reset(_size);
        int tile = 0;
        for (int level = 0; level < _levels.Count; level++)
        {
            _ofLevel.Reset(_size);
            for (; tile < _tiles.Count && _levelOfTile[tile] == level; tile++)
            {
                _ofLevel.AddRange(_foundInTile[tile]);
            }

            _ofLevel.Suppress(_profile.Rules.LevelSuppression);
            _all.AddRange(_ofLevel);
        }

        _all.Finish(_profile.Rules.Proposal);
    }
}
