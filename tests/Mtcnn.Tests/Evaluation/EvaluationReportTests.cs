using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Tests.Evaluation;

public sealed class EvaluationReportTests
{
    private static readonly Landmarks Points = new(new(10, 10), new(30, 10), new(20, 20), new(12, 30), new(28, 30));
    private static readonly Box Around = new(0, 0, 30, 40);
    private static readonly Box Beside = new(100, 0, 130, 40);

    [Fact]
    public void Landmarks_sum_up_errors_by_face_and_by_landmark()
    {
        LandmarkAccuracy accuracy = LandmarkAccuracy.Of([Match(0, 0), Match(1, 0), Match(3, 4), new FaceMatch(Marked(Around), null)], LandmarkUnit.EyeDistance)!;

        // The eyes are 20 px apart; all landmarks of a face have the same error.
        Assert.Equal([0, 0.05, 0.25], accuracy.Errors, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0.1, accuracy.MeanError, 12);
        Assert.Equal(1 / 3.0, accuracy.FailureShare, 12);
        Assert.Equal((1 + 0.5 + 0) / 3, accuracy.AreaUnderCurve, 12);
        Assert.All(accuracy.ByLandmark, error => Assert.Equal(0.1, error, 12));
        Assert.Equal([1 / 3.0, 1 / 3.0, 2 / 3.0, 1], new[] { 0, 0.04, 0.06, 0.3 }.Select(accuracy.ShareWithin), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Landmarks_over_the_diagonal_of_the_box_are_measured_in_it()
    {
        LandmarkAccuracy accuracy = LandmarkAccuracy.Of([Match(3, 4)], LandmarkUnit.BoxDiagonal)!;

        Assert.Equal(5 / 50.0, accuracy.MeanError, 12);
        Assert.Null(LandmarkAccuracy.Of([new FaceMatch(Marked(null), Detection(Around))], LandmarkUnit.BoxDiagonal));
    }

    [Fact]
    public void Landmarks_of_no_face_found_have_no_figure() =>
        Assert.Null(LandmarkAccuracy.Of([new FaceMatch(Marked(Around), null)], LandmarkUnit.EyeDistance));

    [Fact]
    public void Area_under_the_curve_is_the_integral_of_the_shares()
    {
        Random random = new(1);
        LandmarkAccuracy accuracy = LandmarkAccuracy.Of([.. Enumerable.Range(0, 50).Select(_ => Match(random.NextDouble() * 3, 0))], LandmarkUnit.EyeDistance)!;
        const int Steps = 20000;

        double integral = Enumerable.Range(0, Steps).Average(step => accuracy.ShareWithin((step + 0.5) / Steps * LandmarkAccuracy.FailureError));

        Assert.Equal(integral, accuracy.AreaUnderCurve, 0.0002);
    }

    [Fact]
    public void Stages_say_what_each_net_loses()
    {
        AnnotatedImage image = new("a.jpg", [Marked(Around), Marked(Beside), Marked(new Box(200, 0, 230, 40)), Marked(new Box(300, 0, 330, 40)) with { IsIgnored = true }]);
        CascadeResult result = new(
            new ImageSize(400, 100),
            [new(Around, 0.7f), new(Beside.MovedBy(2, 2), 0.7f), new(new Box(300, 0, 330, 40), 0.9f)],
            [new(Around, 0.8f)],
            [Detection(Around)],
            [Detection(Around)]);

        EvaluationReport report = EvaluationReport.Of("set", [ImageFindings.Of(image, MatchRule.BoxOverlap, result)]);

        Assert.Equal(
            [new RecallByStage("12net", 3, 3, 2, 1), new RecallByStage("24net", 1, 3, 1, 1), new RecallByStage("48net", 1, 3, 1, 0)], report.ByStage);
        Assert.Equal((3, 1, 0), (report.Faces, report.Found, report.Others));
        Assert.Equal(1 / 3.0, report.PrecisionRecall!.AveragePrecision!.Value, 12);
        Assert.Equal([new RecallBySize(30, 50, 3, 1)], report.ByBoxSize);
    }

    [Fact]
    public void Ignored_faces_are_not_counted_and_take_no_detection_from_others()
    {
        AnnotatedImage image = new("a.jpg", [Marked(Around) with { IsIgnored = true }, Marked(Around.MovedBy(4, 0))]);
        CascadeResult result = new(
            new ImageSize(400, 100), [], [], [], [Detection(Around)]);

        EvaluationReport report = EvaluationReport.Of("set", [ImageFindings.Of(image, MatchRule.BoxOverlap, result)]);

        Assert.Equal((1, 1, 0), (report.Faces, report.Found, report.Others));
        Assert.Equal(0, Report(image with { Faces = [image.Faces[0]] }, result).Others);
        Assert.Equal((0, 1.0), (Report(image with { Faces = [image.Faces[0]] }, result).Faces, Report(image with { Faces = [image.Faces[0]] }, result).Recall));
    }

    [Fact]
    public void Images_without_boxes_have_no_precision_and_none_at_all_have_every_figure_empty()
    {
        EvaluationReport points = Report(new AnnotatedImage("a.jpg", [Marked(null)]), new CascadeResult(new ImageSize(50, 50), [], [], [], []));
        EvaluationReport nothing = EvaluationReport.Of("set", Array.Empty<ImageFindings>());

        Assert.Null(points.PrecisionRecall);
        Assert.Null(nothing.PrecisionRecall);
        Assert.Null(nothing.Landmarks);
        Assert.Equal((0, 1.0, 0.0), (nothing.Images, nothing.Recall, nothing.OthersPerImage));
    }

    private static EvaluationReport Report(AnnotatedImage image, CascadeResult result) =>
        EvaluationReport.Of("set", [ImageFindings.Of(image, MatchRule.BoxOverlap, result)]);

    private static FaceMatch Match(double x, double y) =>
        new(Marked(Around), new Face(Around, 0.9f, new Landmarks(Array.ConvertAll(Points.ToArray(), point => new ImagePoint(point.X + x, point.Y + y)))));

    private static AnnotatedFace Marked(Box? box) => new(box, Points.ToArray(), Points);

    private static Face Detection(Box box) => new(box, 0.9f, Points);
}
