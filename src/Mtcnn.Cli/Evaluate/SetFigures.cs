using Mtcnn.Training.Evaluation;
using Mtcnn.Training.Evaluation.Fddb;

namespace Mtcnn.Cli.Evaluate;

/// <summary>The figures of one set, as in figures.json. Figures that were not measured are null.</summary>
internal sealed record SetFigures
{
    // The usual number of false positives for figures of FDDB.
    private const int FddbFalsePositives = 1000;

    public required string Name { get; init; }

    public int Images { get; init; }

    public int Faces { get; init; }

    public int Found { get; init; }

    public double Recall { get; init; }

    public int Others { get; init; }

    public double OthersPerImage { get; init; }

    public double? AveragePrecision { get; init; }

    public double? LandmarkError { get; init; }

    public double? LandmarkFailures { get; init; }

    public double? LandmarkAreaUnderCurve { get; init; }

    /// <summary>The mean error of each landmark, in MTCNN's order.</summary>
    public IReadOnlyList<double>? LandmarkErrors { get; init; }

    /// <summary>WIDER FACE's average precision by the name of the set.</summary>
    public IReadOnlyDictionary<string, double?>? Wider { get; init; }

    public double? FddbDiscrete { get; init; }

    public double? FddbContinuous { get; init; }

    public required IReadOnlyList<StageFigures> ByStage { get; init; }

    public required IReadOnlyList<SizeFigures> ByEyeDistance { get; init; }

    public required IReadOnlyList<SizeFigures> ByBoxSize { get; init; }

    public static SetFigures Of(EvaluatedSet set)
    {
        EvaluationReport report = set.Report;
        FddbRocPoint? fddb = set.Fddb.Where(point => point.FalsePositives <= FddbFalsePositives).Select(point => (FddbRocPoint?)point).LastOrDefault();
        return new SetFigures
        {
            Name = report.Name,
            Images = report.Images,
            Faces = report.Faces,
            Found = report.Found,
            Recall = report.Recall,
            Others = report.Others,
            OthersPerImage = report.OthersPerImage,
            AveragePrecision = report.PrecisionRecall?.AveragePrecision,
            LandmarkError = report.MeanError,
            LandmarkFailures = report.FailureShare,
            LandmarkAreaUnderCurve = report.Landmarks?.AreaUnderCurve,
            LandmarkErrors = report.Landmarks?.ByLandmark,
            Wider = set.Wider.Count == 0 ? null : set.Wider.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.AveragePrecision),
            FddbDiscrete = fddb?.Discrete,
            FddbContinuous = fddb?.Continuous,
            ByStage = [.. report.ByStage.Select(stage => new StageFigures(stage.Net, stage.Boxes, stage.Left, stage.Lost, stage.Recall))],
            ByEyeDistance = [.. report.BySize.Select(SizeFigures.Of)],
            ByBoxSize = [.. report.ByBoxSize.Select(SizeFigures.Of)],
        };
    }

    /// <summary>Returns the single figures with their names for tables, without those that were not measured.</summary>
    public IEnumerable<(string Name, double Value)> Named()
    {
        (string Name, double? Value)[] all =
        [
            ("recall", Recall),
            ("others per image", OthersPerImage),
            ("average precision", AveragePrecision),
            .. (Wider ?? new Dictionary<string, double?>()).Select(pair => ($"WIDER FACE AP {pair.Key.ToLowerInvariant()}", pair.Value)),
            ("FDDB discrete at 1000 false positives", FddbDiscrete),
            ("FDDB continuous at 1000 false positives", FddbContinuous),
            ("landmark error", LandmarkError),
            ("landmark failures", LandmarkFailures),
            ("landmark area under curve", LandmarkAreaUnderCurve),
            .. ByStage.Select(stage => ($"recall after {stage.Net}", (double?)stage.Recall)),
        ];
        return all.Where(figure => figure.Value is not null).Select(figure => (figure.Name, figure.Value!.Value));
    }
}
