namespace Mtcnn.Detection;

/// <summary>The boxes of one stage and picture, on their way from the network's answer to what the next stage gets.</summary>
internal sealed class CandidateList(ImageSize image)
{
    private List<Candidate> _candidates = [];

    /// <summary>Adds a box that the network let pass, unless the rule drops it.</summary>
    public void Add(Candidate candidate, BoxRule rule)
    {
        if (rule(candidate.Box, candidate.Offsets, image) is { } box)
        {
            _candidates.Add(candidate with { Box = box });
        }
    }

    /// <summary>Adds all of another list.</summary>
    public void AddRange(CandidateList other) => _candidates.AddRange(other._candidates);

    /// <summary>Leaves the best of overlapping boxes, in falling score.</summary>
    public void Suppress(SuppressionRule rule)
    {
        ScoredBox[] boxes = [.. ToBoxes()];
        _candidates = [.. NonMaximumSuppression.Apply(boxes, rule).Select(index => _candidates[index])];
    }

    /// <summary>Suppresses by the stage's rule and does what the stage does to boxes that stay.</summary>
    public void Finish(StageRules rules)
    {
        Suppress(rules.Suppression);
        List<Candidate> staying = _candidates;
        _candidates = new List<Candidate>(staying.Count);
        staying.ForEach(candidate => Add(candidate, rules.AfterSuppression));
    }

    /// <summary>The boxes as they are by now.</summary>
    public List<ScoredBox> ToBoxes() => _candidates.ConvertAll(candidate => new ScoredBox(candidate.Box, candidate.Score));

    /// <summary>The boxes as they are by now, with their landmarks.</summary>
    public List<Face> ToFaces() => _candidates.ConvertAll(candidate => new Face(candidate.Box, candidate.Score, candidate.Landmarks));
}
