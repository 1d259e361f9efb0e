namespace Mtcnn.Cli.Time;

/// <summary>A shape that an input is given.</summary>
/// <param name="Input">The input's name.</param>
/// <param name="Lengths">Lengths of its axes.</param>
internal sealed record InputShape(string Input, IReadOnlyList<int> Lengths);
