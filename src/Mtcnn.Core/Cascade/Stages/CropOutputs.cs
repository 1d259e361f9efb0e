using Mtcnn.Cascade.Boxes;

namespace Mtcnn.Cascade.Stages;

/// <summary>What 24net and 48net say about each crop.</summary>
/// <param name="probabilities">Two values per crop: no face, face.</param>
/// <param name="offsets">Four values per crop: left, top, right, bottom.</param>
internal readonly ref struct CropOutputs(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> offsets)
{
    private readonly ReadOnlySpan<float> _probabilities = probabilities;
    private readonly ReadOnlySpan<float> _offsets = offsets;

    /// <summary>The face probability of a crop.</summary>
    public float Score(int crop) => _probabilities[(2 * crop) + 1];

    /// <summary>The correction of a crop's box.</summary>
    public BoxOffsets Offsets(int crop)
    {
        ReadOnlySpan<float> values = _offsets.Slice(4 * crop, 4);
        return new BoxOffsets(values[0], values[1], values[2], values[3]);
    }
}
