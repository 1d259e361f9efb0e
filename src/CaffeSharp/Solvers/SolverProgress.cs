namespace CaffeSharp;

/// <summary>A word from a solver on its way.</summary>
public sealed record SolverProgress
{
    /// <summary>What it is about.</summary>
    public required SolverProgressKind Kind { get; init; }

    /// <summary>How many times the weights had been updated by then.</summary>
    public required int Iteration { get; init; }

    /// <summary>The learning rate of the next update.</summary>
    public required float LearningRate { get; init; }

    /// <summary>For a display, the loss of the training net, averaged over the last <c>average_loss</c> iterations; for a
    /// test with <c>test_compute_loss</c>, the mean loss of the test net; else null.</summary>
    public float? Loss { get; init; }

    /// <summary>The net's outputs; none for a snapshot.</summary>
    public IReadOnlyList<SolverOutput> Outputs { get; init; } = [];

    /// <summary>For a test, which of <see cref="Solver.TestNets"/> it was; else null.</summary>
    public int? TestNet { get; init; }

    /// <summary>For a snapshot, its files; else null.</summary>
    public SolverSnapshot? Snapshot { get; init; }
}
