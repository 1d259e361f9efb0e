namespace Mtcnn.Training.Cards;

/// <summary>The results of weights on a set, in a <see cref="ModelCard"/>.</summary>
/// <param name="Set">The set.</param>
/// <param name="Weights">The weights, and whether the fourth net was used.</param>
/// <param name="Recall">The share of the marked faces that are found, from 0 to 1.</param>
/// <param name="OthersPerImage">Boxes per photo that fit no marked face; null if not every face is marked.</param>
/// <param name="LandmarkError">The mean distance of the landmarks divided by the eye distance; null if landmarks are not marked.</param>
/// <param name="FailureShare">The share of the faces found whose error is above 0.1, from 0 to 1; null if landmarks are not marked.</param>
internal sealed record ModelCardFigure(
    string Set, string Weights, double Recall, double? OthersPerImage = null, double? LandmarkError = null, double? FailureShare = null);
