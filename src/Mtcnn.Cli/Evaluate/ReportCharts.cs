using Mtcnn.Cli.Charts;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Cli.Evaluate;

/// <summary>The charts of a run, with all sets in one chart. Charts without a curve are omitted.</summary>
internal static class ReportCharts
{
    // The curve ends at twice the failure error.
    private const double LargestError = 2 * LandmarkAccuracy.FailureError;
    private const int ErrorSteps = 200;

    public static IEnumerable<CurveChart> Of(IReadOnlyList<EvaluatedSet> sets) => new[]
    {
        new CurveChart("precision-recall", "Precision over recall", "Recall", "Precision", [.. sets
            .Where(set => set.Report.PrecisionRecall is not null)
            .Select(set => PrecisionRecall(set.Report.Name, set.Report.PrecisionRecall!))]),
        new CurveChart("wider", "WIDER FACE", "Recall", "Precision", [.. sets
            .SelectMany(set => set.Wider.Select(pair => PrecisionRecall($"{set.Report.Name} {pair.Key}", pair.Value)))]),
        new CurveChart("fddb", "FDDB", "False positives", "True positive rate", [.. sets
            .Where(set => set.Fddb.Count > 0)
            .SelectMany(set => new[]
            {
                new CurveSeries($"{set.Report.Name} discrete", [.. set.Fddb.Select(point => (double)point.FalsePositives)], [.. set.Fddb.Select(point => point.Discrete)]),
                new CurveSeries($"{set.Report.Name} continuous", [.. set.Fddb.Select(point => (double)point.FalsePositives)], [.. set.Fddb.Select(point => point.Continuous)]),
            })]),
        new CurveChart("landmark-errors", "Cumulative landmark errors of the faces found", "Normalised mean error", "Share of faces", [.. sets
            .Where(set => set.Report.Landmarks is not null)
            .Select(set => Errors(set.Report.Name, set.Report.Landmarks!))]),
        BySize("recall-by-eye-distance", "Recall by eye distance", "Eye distance in pixels", sets, report => report.BySize),
        BySize("recall-by-box-size", "Recall by size of the box", "Longer side of the box in pixels", sets, report => report.ByBoxSize),
        new CurveChart("recall-by-stage", "Faces left after each net", "Net", "Recall", [.. sets
            .Where(set => set.Report.Faces > 0)
            .Select(set => new CurveSeries(set.Report.Name, Places(set.Report.ByStage.Count), [.. set.Report.ByStage.Select(stage => stage.Recall)]))])
        {
            Ticks = ["12net", "24net", "48net"],
        },
    }.Where(chart => chart.Series.Count > 0);

    private static CurveSeries PrecisionRecall(string name, PrecisionRecallCurve curve)
    {
        PrecisionRecallPoint[] points = [.. curve.Points.Where(point => !double.IsNaN(point.Precision))];
        return new CurveSeries(name, [.. points.Select(point => point.Recall)], [.. points.Select(point => point.Precision)]);
    }

    private static CurveSeries Errors(string name, LandmarkAccuracy accuracy)
    {
        double[] errors = [.. Enumerable.Range(0, ErrorSteps + 1).Select(step => LargestError * step / ErrorSteps)];
        return new CurveSeries(name, errors, Array.ConvertAll(errors, accuracy.ShareWithin));
    }

    private static CurveChart BySize(
        string file, string title, string label, IReadOnlyList<EvaluatedSet> sets, Func<EvaluationReport, IReadOnlyList<RecallBySize>> sizesOf)
    {
        RecallBySize[] ranges = [.. sets.SelectMany(set => sizesOf(set.Report)).DistinctBy(size => size.From).OrderBy(size => size.From)];
        return new CurveChart(file, title, label, "Recall", [.. sets.Where(set => sizesOf(set.Report).Count > 0).Select(set => new CurveSeries(
            set.Report.Name,
            [.. sizesOf(set.Report).Select(size => (double)Array.FindIndex(ranges, range => range.From == size.From))],
            [.. sizesOf(set.Report).Select(size => size.Recall)]))])
        {
            Ticks = [.. ranges.Select(EvaluationTables.Range)],
        };
    }

    private static double[] Places(int count) => [.. Enumerable.Range(0, count).Select(place => (double)place)];
}
