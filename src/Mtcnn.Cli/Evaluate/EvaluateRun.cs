using System.Globalization;

using Mtcnn.Cli.Terminal;
using Mtcnn.Detection;
using Mtcnn.Evaluation;

using Spectre.Console;

namespace Mtcnn.Cli.Evaluate;

/// <summary>`mtcnn evaluate` once its arguments are understood.</summary>
internal sealed class EvaluateRun(IReadOnlyList<string> paths, FaceDetectorOptions options, CancellationToken stop)
{
    public async Task<int> RunAsync()
    {
        AnnotationSet[] sets = [.. paths.Select(AnnotationReader.Read)];
        using FaceDetector detector = new(options);
        List<EvaluationReport> reports = [];
        foreach (AnnotationSet set in sets)
        {
            await ProgressBar.RunAsync(
                set.Name,
                set.Pictures.Count,
                sharesTerminal: false,
                progress => Task.Run(() => reports.Add(DetectorEvaluation.Run(detector, set, new Counter(progress), stop)), stop)).ConfigureAwait(false);
        }

        using Stream output = StandardOutput.Open();
        Tables.Write(Summary(reports), output);
        foreach (EvaluationReport report in reports.Where(report => report.BySize.Count > 1))
        {
            Tables.Write(BySize(report), output);
        }

        return ExitCode.Success;
    }

    private static Table Summary(IReadOnlyList<EvaluationReport> reports)
    {
        Table table = Tables
            .Create("Set", "Pictures", "Faces", "Found", "Missed", "Recall", "Others", "a picture", "Landmark error", "above 0.1")
            .WithNumbers(Enumerable.Range(1, 9));
        foreach (EvaluationReport report in reports)
        {
            table.AddPlainRow(
                report.Name,
                Text(report.Pictures),
                Text(report.Faces),
                Text(report.Found),
                Text(report.Missed),
                Text(report.Recall, "F3"),
                Text(report.Others),
                Text(report.OthersPerPicture, "F3"),
                report.MeanError is { } error ? Text(error, "F4") : "",
                report.FailureShare is { } share ? Text(100 * share, "F1") + " %" : "");
        }

        return table;
    }

    private static Table BySize(EvaluationReport report)
    {
        Table table = Tables.Create("Eye distance in pixels", "Faces", "Found", "Recall").WithNumbers(1, 2, 3);
        table.Title = new TableTitle(Markup.Escape(report.Name));
        foreach (RecallBySize size in report.BySize)
        {
            string range = double.IsFinite(size.To) ? $"{Text(size.From)} to {Text(size.To)}" : $"{Text(size.From)} and more";
            table.AddPlainRow(range, Text(size.Faces), Text(size.Found), Text(size.Recall, "F3"));
        }

        return table;
    }

    private static string Text(IFormattable number, string? format = null) => number.ToString(format, CultureInfo.InvariantCulture);

    // Told by several threads at once.
    private sealed class Counter(IProgressReport progress) : IProgress<string>
    {
        private int _done;

        public void Report(string value) => progress.Done(Interlocked.Increment(ref _done));
    }
}
