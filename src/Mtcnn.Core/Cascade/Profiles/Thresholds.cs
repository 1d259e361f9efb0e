namespace Mtcnn.Cascade.Profiles;

/// <summary>The face probabilities that a box needs to get past each network: at least this much.</summary>
/// <param name="Proposal">For 12net, from 0 to 1. Lower finds more and costs more time.</param>
/// <param name="Refinement">For 24net, from 0 to 1.</param>
/// <param name="Output">For 48net, from 0 to 1: the lowest score of a face that is reported.</param>
public sealed record Thresholds(double Proposal, double Refinement, double Output)
{
    /// <summary>Checks that all three are probabilities.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is below 0, above 1, or not a number; the message says which.</exception>
    public void Validate()
    {
        ThrowUnlessProbability(Proposal, nameof(Proposal));
        ThrowUnlessProbability(Refinement, nameof(Refinement));
        ThrowUnlessProbability(Output, nameof(Output));
    }

    private static void ThrowUnlessProbability(double value, string name)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, $"The threshold {name} is a probability from 0 to 1.");
        }
    }
}
