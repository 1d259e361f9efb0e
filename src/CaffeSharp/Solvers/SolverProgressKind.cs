namespace CaffeSharp;

/// <summary>What a solver has to tell.</summary>
public enum SolverProgressKind
{
    /// <summary>The loss and outputs of the net that is trained, every <c>display</c> iterations.</summary>
    Display,

    /// <summary>The mean outputs of a test net, every <c>test_interval</c> iterations.</summary>
    Test,

    /// <summary>A snapshot was written.</summary>
    Snapshot,
}
