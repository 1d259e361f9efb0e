namespace Mtcnn.Training.Cards;

/// <summary>A set of photos in a <see cref="ModelCard"/>.</summary>
/// <param name="Name">The set.</param>
/// <param name="Use">What it was used for, and how much of it.</param>
/// <param name="Licence">What is known of its licence.</param>
internal sealed record ModelCardData(string Name, string Use, string Licence);
