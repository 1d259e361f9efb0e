using Mtcnn.Training.Nets;

namespace Mtcnn.Cli.Charts;

/// <summary>Draws the log of a training as curves.</summary>
internal static class TrainingCharts
{
    /// <summary>Writes losses and rates (CSV, PNG, SVG) to a folder.</summary>
    public static void Write(string folder, NetTrainingSummary summary)
    {
        new CurveChart("losses", $"{summary.Net}: losses", "Iteration", "Loss",
        [
            .. Series(summary, "classification, training", row => row.Losses.Classification),
            .. Series(summary, "classification, validation", row => row.Validation.ClassificationLoss),
            .. Series(summary, "box, training", row => row.Losses.Offsets),
            .. Series(summary, "box, validation", row => row.Validation.OffsetLoss),
            .. Series(summary, "landmarks, training", row => row.Losses.Points),
            .. Series(summary, "landmarks, validation", row => row.Validation.PointLoss),
        ]).Write(folder);
        new CurveChart("rates", $"{summary.Net}: validation", "Iteration", "Rate",
        [
            .. Series(summary, "accuracy", row => row.Validation.Accuracy),
            .. Series(summary, "faces that pass", row => row.Validation.Recall),
            .. Series(summary, "non-faces that pass", row => row.Validation.FalsePositiveRate),
            .. Series(summary, "landmark error", row => row.Validation.LandmarkError),
        ]).Write(folder);
    }

    private static IEnumerable<CurveSeries> Series(NetTrainingSummary summary, string name, Func<TrainingLogRow, double?> value)
    {
        (double X, double? Y)[] points = [.. summary.Log.Select(row => ((double)row.Iteration, value(row))).Where(point => point.Item2 is not null)];
        return points.Length == 0 ? [] : [new CurveSeries(name, [.. points.Select(point => point.X)], [.. points.Select(point => point.Y!.Value)])];
    }
}
