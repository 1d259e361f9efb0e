using Mtcnn.Faces;
using Mtcnn.Training.Evaluation;
using Mtcnn.Training.Evaluation.Fddb;
using Mtcnn.Training.Evaluation.Wider;

namespace Mtcnn.Cli.Evaluate;

/// <summary>A set with its measurements.</summary>
/// <param name="Source">The set.</param>
/// <param name="Findings">The detections in each image.</param>
/// <param name="Report">The figures.</param>
/// <param name="Wider">WIDER FACE's curves; empty for other sets.</param>
/// <param name="Fddb">FDDB's curves; empty for other sets.</param>
internal sealed record EvaluatedSet(
    EvaluationSource Source,
    IReadOnlyList<ImageFindings> Findings,
    EvaluationReport Report,
    IReadOnlyDictionary<WiderDifficulty, PrecisionRecallCurve> Wider,
    IReadOnlyList<FddbRocPoint> Fddb)
{
    public static EvaluatedSet Of(EvaluationSource source, IReadOnlyList<ImageFindings> findings, EvaluationOptions measures)
    {
        IReadOnlyList<ScoredBox>[] boxes = [.. findings.Select(image => image.DetectedBoxes)];
        Dictionary<WiderDifficulty, PrecisionRecallCurve> wider = source.Wider is { } images
            ? Enum.GetValues<WiderDifficulty>().ToDictionary(difficulty => difficulty, difficulty => WiderEvaluation.Of(images, boxes, difficulty))
            : [];
        IReadOnlyList<FddbRocPoint> fddb = source.Fddb is { } folds
            ? FddbEvaluation.Of([.. folds.Select((image, index) => new FddbDetections(image, findings[index].Size, boxes[index]))])
            : [];
        return new EvaluatedSet(source, findings, EvaluationReport.Of(source.Annotations.Name, findings, measures), wider, fddb);
    }
}
