namespace CaffeSharp.Tests.Solvers;

/// <summary>Keeps all that a solver reports, as it is reported.</summary>
internal sealed class Heard(Action<SolverProgress>? also = null) : IProgress<SolverProgress>
{
    internal List<SolverProgress> All { get; } = [];

    internal IEnumerable<SolverProgress> Of(SolverProgressKind kind) => All.Where(progress => progress.Kind == kind);

    public void Report(SolverProgress value)
    {
        All.Add(value);
        also?.Invoke(value);
    }
}
