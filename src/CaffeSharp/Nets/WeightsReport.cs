namespace CaffeSharp;

/// <summary>What a copy of weights did.</summary>
/// <param name="CopiedLayers">Layers that were given their parameters, in the net's order.</param>
/// <param name="MissingLayers">Layers with parameters that were given none, and keep what they had, in the net's order.</param>
public sealed record WeightsReport(IReadOnlyList<string> CopiedLayers, IReadOnlyList<string> MissingLayers);
