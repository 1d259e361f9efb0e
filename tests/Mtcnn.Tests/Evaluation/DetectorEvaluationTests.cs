using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Tests.Evaluation;

public sealed class DetectorEvaluationTests
{
    [Fact]
    public void Run_when_an_image_is_missing_tells_which()
    {
        AnnotationSet set = new("set", MatchRule.BoxOverlap, [new AnnotatedImage("no-such.jpg", []), new AnnotatedImage("nor-this.jpg", [])]);

        ImageException exception = Assert.Throws<ImageException>(() => DetectorEvaluation.Run(Detectors.Authors, set));

        Assert.Equal(ImageErrorKind.NotFound, exception.Kind);
        Assert.Contains(exception.Path, set.Images.Select(image => image.Path));
    }

    [Fact]
    public void Run_when_cancelled_ends_with_an_exception()
    {
        AnnotationSet set = AnnotationReader.Read(SharedFiles.Of("images/dlib-faces"));
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => DetectorEvaluation.Run(Detectors.Authors, set, cancellation: cancelled.Token));
    }

    [Fact]
    public void Run_reports_every_image()
    {
        AnnotationSet all = AnnotationReader.Read(SharedFiles.Of("images/dlib-faces"));
        AnnotationSet set = all with { Images = [.. all.Images.Take(2)] };
        List<string> names = [];

        EvaluationReport report = DetectorEvaluation.Run(Detectors.Authors, set, new SyncProgress<string>(names.Add));

        Assert.Equal(2, report.Images);
        Assert.Equal(set.Images.Select(image => image.Path).Order(), names.Order());
    }
}
