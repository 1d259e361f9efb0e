namespace Mtcnn.Detection;

/// <summary>What the cascade found in a picture, with the boxes between its steps.</summary>
/// <param name="Image">The picture's size.</param>
/// <param name="Proposed">The boxes after 12net and its suppressions.</param>
/// <param name="Refined">The boxes after 24net and its suppression.</param>
/// <param name="Faces">The faces that were asked for.</param>
public sealed record CascadeResult(
    ImageSize Image, IReadOnlyList<ScoredBox> Proposed, IReadOnlyList<ScoredBox> Refined, IReadOnlyList<Face> Faces);
