using System.Runtime.InteropServices;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Cascade.Boxes;

/// <summary>
/// The boxes of one stage and image, on their way from the network's answer to what the next stage gets. It keeps its memory from image
/// to image. Not thread-safe.
/// </summary>
internal sealed class CandidateList
{
    private readonly List<ScoredBox> _boxes = [];
    private BoxSuppressor? _suppressor;
    private List<Candidate> _candidates = [];
    private List<Candidate> _spare = [];
    private ImageSize _image;

    /// <summary>The boxes as they are by now. Valid until the list changes.</summary>
    public List<ScoredBox> Boxes
    {
        get
        {
            _boxes.Clear();
            foreach (ref readonly Candidate candidate in CollectionsMarshal.AsSpan(_candidates))
            {
                _boxes.Add(new ScoredBox(candidate.Box, candidate.Score));
            }

            return _boxes;
        }
    }

    /// <summary>Forgets all, for another image.</summary>
    public void Reset(ImageSize image)
    {
        _image = image;
        _candidates.Clear();
    }

    /// <summary>Adds a box that the network let pass, unless the rule drops it.</summary>
    public void Add(in Candidate candidate, BoxRule rule)
    {
        if (rule(candidate.Box, candidate.Offsets, _image) is { } box)
        {
            _candidates.Add(candidate with { Box = box });
        }
    }

    /// <summary>Adds all of another list.</summary>
    public void AddRange(CandidateList other) => _candidates.AddRange(CollectionsMarshal.AsSpan(other._candidates));

    /// <summary>Leaves the best of overlapping boxes, in falling score.</summary>
    public void Suppress(SuppressionRule rule)
    {
        _suppressor ??= new BoxSuppressor();
        _spare.Clear();
        foreach (int index in _suppressor.Apply(CollectionsMarshal.AsSpan(Boxes), rule))
        {
            _spare.Add(_candidates[index]);
        }

        (_candidates, _spare) = (_spare, _candidates);
    }

    /// <summary>Suppresses by the stage's rule and does what the stage does to boxes that stay.</summary>
    public void Finish(StageRules rules)
    {
        Suppress(rules.Suppression);
        (_candidates, _spare) = (_spare, _candidates);
        _candidates.Clear();
        foreach (ref readonly Candidate candidate in CollectionsMarshal.AsSpan(_spare))
        {
            Add(candidate, rules.AfterSuppression);
        }
    }

    /// <summary>The boxes as they are by now, with their landmarks.</summary>
    public List<Face> ToFaces() => _candidates.ConvertAll(candidate => new Face(candidate.Box, candidate.Score, candidate.Landmarks));
}
