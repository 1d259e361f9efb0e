using Mtcnn.Cli.Terminal;
using Mtcnn.Detection;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Cli.Evaluate;

/// <summary>Runs `mtcnn evaluate` with parsed arguments.</summary>
internal sealed class EvaluateRun(EvaluateRequest request, CancellationToken stop)
{
    public async Task<int> RunAsync()
    {
        // All files are checked before the detection starts.
        EvaluationFigures? before = request.CompareWith is { } path ? EvaluationFigures.Read(path) : null;
        using FaceDetector detector = new(request.Detector);
        List<EvaluatedSet> sets = [];
        foreach (EvaluationSource source in request.Sources)
        {
            foreach (string problem in source.Annotations.Problems)
            {
                ErrorReport.Line($"left out: {problem}");
            }

            await ProgressBar.RunAsync(
                source.Annotations.Name,
                source.Annotations.Images.Count,
                sharesTerminal: false,
                progress => Task.Run(() => sets.Add(Evaluate(detector, source, progress)), stop)).ConfigureAwait(false);
        }

        EvaluationFigures figures = EvaluationFigures.Of(request, sets);
        if (request.Report is { } folder)
        {
            ReportFolder.Write(folder, figures, sets);
        }

        Print(sets, figures, before);
        return ExitCode.Success;
    }

    private EvaluatedSet Evaluate(FaceDetector detector, EvaluationSource source, IProgressReport progress)
    {
        EvaluatedSet set = EvaluatedSet.Of(
            source, DetectorEvaluation.Find(detector, source.Annotations, new Counter(progress), stop), request.Measures);
        ResultFiles.Write(set, request.WriteWider, request.WriteFddb);
        return set;
    }

    private static void Print(List<EvaluatedSet> sets, EvaluationFigures figures, EvaluationFigures? before)
    {
        using Stream output = StandardOutput.Open();
        Tables.Write(EvaluationTables.Summary([.. sets.Select(set => set.Report)]), output);
        SetFigures[] official = [.. figures.Sets.Where(set => set.Wider is not null || set.FddbDiscrete is not null)];
        if (official.Length > 0)
        {
            Tables.Write(EvaluationTables.Official(official), output);
        }

        foreach (EvaluationReport report in sets.Select(set => set.Report).Where(report => report.Faces > 0))
        {
            Tables.Write(EvaluationTables.ByStage(report), output);
            if (report.BySize.Count > 1)
            {
                Tables.Write(EvaluationTables.BySize(report, "Eye distance in pixels", report.BySize), output);
            }

            if (report.ByBoxSize.Count > 1)
            {
                Tables.Write(EvaluationTables.BySize(report, "Longer side of the box in pixels", report.ByBoxSize), output);
            }
        }

        if (before is not null)
        {
            Tables.Write(EvaluationTables.Comparison(before, figures), output);
        }
    }

    // Called by several threads at once.
    private sealed class Counter(IProgressReport progress) : IProgress<string>
    {
        private int _done;

        public void Report(string value) => progress.Done(Interlocked.Increment(ref _done));
    }
}
