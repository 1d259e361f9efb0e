namespace CaffeSharp;

/// <summary>One value of a net's output, as Caffe lists them in its log.</summary>
/// <param name="Blob">The output's name.</param>
/// <param name="Index">The value's place in the blob, from 0.</param>
/// <param name="Value">The value; for a test, its mean over the batches.</param>
/// <param name="LossWeight">How much it counts in the loss; 0 for an output that is not a loss.</param>
public sealed record SolverOutput(string Blob, int Index, float Value, float LossWeight);
