namespace CaffeSharp;

/// <summary>The two files of a snapshot.</summary>
/// <param name="WeightsPath">The caffemodel, or HDF5 file of weights.</param>
/// <param name="StatePath">The solverstate, which <see cref="Solver.Restore"/> reads.</param>
public sealed record SolverSnapshot(string WeightsPath, string StatePath);
