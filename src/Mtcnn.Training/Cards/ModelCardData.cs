namespace Mtcnn.Training.Cards;

/// <summary>A set of photos in a <see cref="ModelCard"/>.</summary>
/// <param name="Name">The set.</param>
/// <param name="Use">Its use, and the number of photos.</param>
/// <param name="Licence">The licence, if known.</param>
internal sealed record ModelCardData(string Name, string Use, string Licence);
