namespace Mtcnn.Training.Evaluation;

/// <summary>The results of a detector on a set of marked faces.</summary>
public sealed record EvaluationReport
{
    /// <summary>The file or folder of annotations.</summary>
    public required string Name { get; init; }

    /// <summary>The number of images.</summary>
    public required int Images { get; init; }

    /// <summary>The number of marked faces, without ignored ones.</summary>
    public required int Faces { get; init; }

    /// <summary>The number of marked faces that were found.</summary>
    public required int Found { get; init; }

    /// <summary>The number of detections that fit no marked face. If not every face is marked, some of them are faces.</summary>
    public required int Others { get; init; }

    /// <summary>The accuracy of the landmarks; null if no five landmarks are marked, or if none of those faces was found.</summary>
    public required LandmarkAccuracy? Landmarks { get; init; }

    /// <summary>Recall by the distance between the eyes, for faces with marked eyes, from small to large.</summary>
    public required IReadOnlyList<RecallBySize> BySize { get; init; }

    /// <summary>Recall by the longer side of the marked box, for faces with marked boxes, from small to large.</summary>
    public required IReadOnlyList<RecallBySize> ByBoxSize { get; init; }

    /// <summary>Precision over recall; null if not every face has a marked box.</summary>
    public PrecisionRecallCurve? PrecisionRecall { get; init; }

    /// <summary>The marked faces that are left after each net; empty if only the detections are known.</summary>
    public IReadOnlyList<RecallByStage> ByStage { get; init; } = [];

    /// <summary>The normalised mean landmark error over the faces found; null as for <see cref="Landmarks"/>.</summary>
    public double? MeanError => Landmarks?.MeanError;

    /// <summary>The share of faces found whose landmark error is above <see cref="LandmarkAccuracy.FailureError"/>; null as for <see cref="Landmarks"/>.</summary>
    public double? FailureShare => Landmarks?.FailureShare;

    /// <summary>The number of marked faces that were not found.</summary>
    public int Missed => Faces - Found;

    /// <summary>The number of found faces divided by the number of marked faces, from 0 to 1; 1 if no face is marked.</summary>
    public double Recall => Faces == 0 ? 1 : (double)Found / Faces;

    /// <summary><see cref="Others"/> per image.</summary>
    public double OthersPerImage => Images == 0 ? 0 : (double)Others / Images;

    /// <summary>Creates a report from the evaluations of a set's images.</summary>
    /// <param name="name">The file or folder of annotations.</param>
    /// <param name="images">One evaluation per image.</param>
    /// <param name="unit">The unit of landmark errors.</param>
    public static EvaluationReport Of(
        string name, IReadOnlyCollection<ImageEvaluation> images, LandmarkUnit unit = LandmarkUnit.EyeDistance)
    {
        FaceMatch[] matches = [.. images.SelectMany(image => image.Matches).Where(match => !match.Annotated.IsIgnored)];
        return new EvaluationReport
        {
            Name = name,
            Images = images.Count,
            Faces = matches.Length,
            Found = matches.Count(match => match.Detected is not null),
            Others = images.Sum(image => image.Others.Count),
            Landmarks = LandmarkAccuracy.Of(matches, unit),
            BySize = RecallBySize.ByEyes(matches),
            ByBoxSize = RecallBySize.ByBox(matches),
        };
    }

    /// <summary>Creates a report from the findings in a set's images.</summary>
    /// <param name="name">The file or folder of annotations.</param>
    /// <param name="findings">The findings of each image.</param>
    /// <param name="options">The options; null for the defaults.</param>
    public static EvaluationReport Of(string name, IReadOnlyCollection<ImageFindings> findings, EvaluationOptions? options = null)
    {
        options ??= new EvaluationOptions();
        bool hasBoxes = findings.Any(image => image.Image.Faces.Count > 0)
            && findings.All(image => image.Image.Faces.All(face => face.Box is not null));
        return Of(name, [.. findings.Select(image => image.Evaluation)], options.LandmarkUnit) with
        {
            PrecisionRecall = hasBoxes ? AveragePrecision.Of(findings.Select(image => image.ToBoxes()), options.Overlap, options.SmallestFace) : null,
            ByStage = RecallByStage.Of(findings),
        };
    }
}
