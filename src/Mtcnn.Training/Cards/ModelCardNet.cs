namespace Mtcnn.Training.Cards;

/// <summary>One net in a <see cref="ModelCard"/>.</summary>
/// <param name="Name">The net, as in <c>12net</c>.</param>
/// <param name="Iterations">How many batches it was trained with.</param>
/// <param name="BatchSize">Crops per batch.</param>
/// <param name="Seed">The random seed.</param>
/// <param name="Notes">What else decides the outcome: solver, rate, what the batches are made of.</param>
internal sealed record ModelCardNet(string Name, int Iterations, int BatchSize, long Seed, string Notes);
