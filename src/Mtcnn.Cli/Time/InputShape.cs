namespace Mtcnn.Cli.Time;

/// <summary>A shape for an input.</summary>
/// <param name="Input">The input's name.</param>
/// <param name="Lengths">The lengths of the axes.</param>
internal sealed record InputShape(string Input, IReadOnlyList<int> Lengths);
