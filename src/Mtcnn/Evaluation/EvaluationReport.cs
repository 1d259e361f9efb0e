namespace Mtcnn.Evaluation;

/// <summary>What a detector found of a set of marked faces.</summary>
public sealed record EvaluationReport
{
    /// <summary>An error above this share of the eye distance counts as a failure.</summary>
    public const double FailureError = 0.1;

    /// <summary>The file or folder of annotations.</summary>
    public required string Name { get; init; }

    /// <summary>How many pictures there were.</summary>
    public required int Pictures { get; init; }

    /// <summary>How many faces were marked.</summary>
    public required int Faces { get; init; }

    /// <summary>How many of them were found.</summary>
    public required int Found { get; init; }

    /// <summary>How many detections fit no marked face. Where not every face is marked, some of them are faces.</summary>
    public required int Others { get; init; }

    /// <summary>The normalised mean landmark error over the faces found; null where no five landmarks are marked.</summary>
    public required double? MeanError { get; init; }

    /// <summary>The share of faces found whose landmark error is above <see cref="FailureError"/>; null as for <see cref="MeanError"/>.</summary>
    public required double? FailureShare { get; init; }

    /// <summary>Recall by the distance between the eyes, where the eyes are marked; from small faces to large ones.</summary>
    public required IReadOnlyList<RecallBySize> BySize { get; init; }

    /// <summary>How many marked faces were not found.</summary>
    public int Missed => Faces - Found;

    /// <summary>Found over marked faces, from 0 to 1; 1 where no face is marked.</summary>
    public double Recall => Faces == 0 ? 1 : (double)Found / Faces;

    /// <summary><see cref="Others"/> a picture.</summary>
    public double OthersPerPicture => Pictures == 0 ? 0 : (double)Others / Pictures;

    /// <summary>Sums up the evaluations of a set's pictures.</summary>
    /// <param name="name">The file or folder of annotations.</param>
    /// <param name="pictures">One evaluation a picture.</param>
    public static EvaluationReport Of(string name, IReadOnlyCollection<PictureEvaluation> pictures)
    {
        FaceMatch[] matches = [.. pictures.SelectMany(picture => picture.Matches)];
        double[] errors = [.. matches.Select(match => match.LandmarkError).OfType<double>()];
        return new EvaluationReport
        {
            Name = name,
            Pictures = pictures.Count,
            Faces = matches.Length,
            Found = matches.Count(match => match.Detected is not null),
            Others = pictures.Sum(picture => picture.Others.Count),
            MeanError = errors.Length == 0 ? null : errors.Average(),
            FailureShare = errors.Length == 0 ? null : errors.Count(error => error > FailureError) / (double)errors.Length,
            BySize = RecallBySize.Of(matches),
        };
    }
}
