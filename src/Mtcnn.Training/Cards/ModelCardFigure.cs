namespace Mtcnn.Training.Cards;

/// <summary>What some weights reach on a set, in a <see cref="ModelCard"/>.</summary>
/// <param name="Set">The set.</param>
/// <param name="Weights">The weights, and with the fourth net or without.</param>
/// <param name="Recall">The share of the marked faces that are found, from 0 to 1.</param>
/// <param name="OthersPerImage">Boxes per photo that fit no marked face; null where not every face is marked.</param>
/// <param name="LandmarkError">The mean distance of the landmarks over the eye distance; null where they are not marked.</param>
/// <param name="FailureShare">The share of the faces found whose error is above 0.1, from 0 to 1; null as before.</param>
internal sealed record ModelCardFigure(
    string Set, string Weights, double Recall, double? OthersPerImage = null, double? LandmarkError = null, double? FailureShare = null);
