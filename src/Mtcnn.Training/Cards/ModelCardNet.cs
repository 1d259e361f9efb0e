namespace Mtcnn.Training.Cards;

/// <summary>One net in a <see cref="ModelCard"/>.</summary>
/// <param name="Name">The net, as in <c>12net</c>.</param>
/// <param name="Iterations">The number of training batches.</param>
/// <param name="BatchSize">Crops per batch.</param>
/// <param name="Seed">The random seed.</param>
/// <param name="Notes">Other settings, such as the solver, the learning rate and the contents of the batches.</param>
internal sealed record ModelCardNet(string Name, int Iterations, int BatchSize, long Seed, string Notes);
