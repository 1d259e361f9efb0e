namespace CaffeSharp.Samples;

/// <summary>Prints what a solver tells on its way, and keeps the last test's accuracy.</summary>
internal sealed class TrainingReport(TextWriter output) : IProgress<SolverProgress>
{
    /// <summary>The share of the test digits that the last test read rightly.</summary>
    internal float Accuracy { get; private set; }

    public void Report(SolverProgress value)
    {
        if (value.Kind == SolverProgressKind.Test)
        {
            Accuracy = value.Outputs.Single(output => output.Blob == "accuracy").Value;
            output.WriteLine($"Iteration {value.Iteration,4}: accuracy {Accuracy:P1}");
        }
        else if (value.Kind == SolverProgressKind.Display)
        {
            output.WriteLine($"Iteration {value.Iteration,4}: loss {value.Loss:F3}");
        }
    }
}
