namespace CaffeSharp;

/// <summary>How long one layer takes.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Forward">A forward pass, on the average.</param>
/// <param name="Backward">A backward pass, on the average; null if none was timed.</param>
public sealed record LayerTiming(string Name, string Type, TimeSpan Forward, TimeSpan? Backward);
