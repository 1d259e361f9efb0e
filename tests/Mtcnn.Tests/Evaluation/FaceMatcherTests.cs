using Mtcnn.Faces;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Tests.Evaluation;

public sealed class FaceMatcherTests
{
    private static readonly Landmarks Points = new(new(10, 10), new(30, 10), new(20, 20), new(12, 30), new(28, 30));

    [Fact]
    public void Match_by_overlap_gives_each_marked_face_its_best_detection_and_lists_the_others()
    {
        AnnotatedFace first = Marked(new Box(0, 0, 40, 40));
        AnnotatedFace second = Marked(new Box(100, 0, 140, 40));
        AnnotatedFace missed = Marked(new Box(200, 0, 240, 40));
        Face onFirst = new(new Box(2, 0, 42, 40), 0.9f, Points);
        Face again = new(new Box(4, 0, 44, 40), 0.8f, Points);
        Face onSecond = new(new Box(100, 5, 140, 45), 0.7f, Points);
        Face elsewhere = new(new Box(300, 0, 340, 40), 0.99f, Points);

        ImageEvaluation result = FaceMatcher.Match([first, second, missed], [again, onFirst, onSecond, elsewhere], MatchRule.BoxOverlap);

        Assert.Equal([onFirst, onSecond, null], result.Matches.Select(match => match.Detected));
        Assert.Equal([elsewhere], result.Others);
    }

    [Fact]
    public void Match_by_points_requires_all_of_them_inside_the_box()
    {
        AnnotatedFace marked = new(null, Points.ToArray(), Points);
        Face around = new(new Box(5, 5, 35, 35), 0.9f, Points);
        Face cutsTheMouth = new(new Box(5, 5, 35, 29), 0.9f, Points);

        Assert.Same(around, FaceMatcher.Match([marked], [around], MatchRule.AroundPoints).Matches[0].Detected);
        Assert.Null(FaceMatcher.Match([marked], [cutsTheMouth], MatchRule.AroundPoints).Matches[0].Detected);
        Assert.Same(cutsTheMouth, FaceMatcher.Match([marked], [cutsTheMouth], MatchRule.AroundMiddle).Matches[0].Detected);
    }

    [Fact]
    public void LandmarkError_is_the_mean_distance_over_the_eye_distance()
    {
        AnnotatedFace marked = new(null, Points.ToArray(), Points);
        Landmarks moved = new(new(10, 12), new(33, 14), new(20, 20), new(12, 30), new(28, 27));

        FaceMatch match = new(marked, new Face(new Box(0, 0, 40, 40), 1, moved));

        Assert.Equal((2 + 5 + 0 + 0 + 3) / 5.0 / 20, match.LandmarkError!.Value, 12);
        Assert.Null(new FaceMatch(marked, null).LandmarkError);
    }

    [Fact]
    public void Report_counts_recall_failures_and_sizes()
    {
        AnnotatedFace marked = new(null, Points.ToArray(), Points);
        Landmarks far = new(new(13, 10), new(33, 10), new(23, 20), new(15, 30), new(31, 30));
        ImageEvaluation exact = new([new FaceMatch(marked, new Face(default, 1, Points)), new FaceMatch(marked, null)], []);
        ImageEvaluation off = new([new FaceMatch(marked, new Face(default, 1, far))], [new Face(default, 0.8f, Points)]);

        EvaluationReport report = EvaluationReport.Of("set", [exact, off]);

        Assert.Equal((2, 3, 2, 1, 1), (report.Images, report.Faces, report.Found, report.Missed, report.Others));
        Assert.Equal(2.0 / 3, report.Recall, 12);
        Assert.Equal(0.075, report.MeanError!.Value, 12);
        Assert.Equal(0.5, report.FailureShare);
        Assert.Equal(0.5, report.OthersPerImage);
        Assert.Equal([new RecallBySize(16, 24, 3, 2)], report.BySize);
    }

    private static AnnotatedFace Marked(Box box) => new(box, [], null);
}
