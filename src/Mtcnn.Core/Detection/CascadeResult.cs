using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Detection;

/// <summary>What the cascade found in an image, with the boxes between its steps.</summary>
/// <param name="Image">The image's size.</param>
/// <param name="Proposed">The boxes after 12net and its suppressions.</param>
/// <param name="Refined">The boxes after 24net and its suppression.</param>
/// <param name="Output">The faces that were asked for, with the landmarks of 48net.</param>
/// <param name="Faces">The same faces, after the fourth net where that is run.</param>
public sealed record CascadeResult(
    ImageSize Image, IReadOnlyList<ScoredBox> Proposed, IReadOnlyList<ScoredBox> Refined, IReadOnlyList<Face> Output, IReadOnlyList<Face> Faces);
