using System.Globalization;

using Mtcnn.Cli.Terminal;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;
using Mtcnn.Training.Preparation;

using Spectre.Console;

namespace Mtcnn.Cli.Prepare;

/// <summary>Runs `mtcnn prepare` with parsed arguments.</summary>
internal sealed class PrepareRun(CropPlan plan, CancellationToken stop)
{
    // prepared.json contains all of them.
    private const int ProblemsShown = 20;

    public async Task<int> RunAsync()
    {
        Counter? counter = null;
        CropFolder? made = null;
        try
        {
            await ProgressBar.RunAsync(
                plan.Net.Definition().Name,
                plan.Sources.Sum(source => source.Annotations.Images.Count),
                sharesTerminal: false,
                report => Task.Run(() => made = CropPreparation.Run(plan, counter = new Counter(report), stop), CancellationToken.None)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ErrorReport.Line($"stopped at photo {counter?.Last.Images} of {counter?.Last.Total}. Run the same command again to continue.");
            throw;
        }

        Print(made!);
        return made!.UnreadImages > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static void Print(CropFolder made)
    {
        foreach (string problem in made.Problems.Take(ProblemsShown))
        {
            ErrorReport.Line(problem);
        }

        if (made.Problems.Count > ProblemsShown)
        {
            ErrorReport.Line($"and {made.Problems.Count - ProblemsShown} more: see \"problems\" in {Path.Combine(made.Folder, "prepared.json")}.");
        }

        Table table = Tables.Create("Crops", "").WithNumbers(1);
        foreach (CropKind kind in Enum.GetValues<CropKind>().Reverse())
        {
            table.AddPlainRow(kind.ToString(), Text(made.Counts.GetValueOrDefault(kind)));
        }

        table.AddPlainRow("Photos", Text(made.Images - made.UnreadImages));
        table.AddPlainRow("Photos that cannot be read", Text(made.UnreadImages));
        using Stream output = StandardOutput.Open();
        Tables.Write(table, output);
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Reports the progress, and keeps it for the message after an interruption.</summary>
    private sealed class Counter(IProgressReport report) : IProgress<PreparationProgress>
    {
        public PreparationProgress Last { get; private set; }

        public void Report(PreparationProgress value)
        {
            Last = value;
            report.Done(value.Images);
        }
    }
}
