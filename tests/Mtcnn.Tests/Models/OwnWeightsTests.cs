using CaffeSharp.Tests.Support;
using Mtcnn.Detection;
using Mtcnn.Models;
using Mtcnn.Tests.Support;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Tests.Models;

/// <summary>The weights in <c>models</c>, which this project trained, match their card.</summary>
public sealed class OwnWeightsTests
{
    private static string Folder => Repository.Folder("models");

    [Fact]
    public void Sums_of_the_weights_are_those_in_their_folder()
    {
        string[] sums = File.ReadAllLines(Path.Combine(Folder, ModelSums.FileName));

        string[] actual = [.. ModelCatalog.Detection.Select(model => $"{ModelVerifier.Verify(model, Path.Combine(Folder, model.FileName)).Sha256}  {model.FileName}")];
        Assert.Equal(actual.Order(StringComparer.Ordinal), sums.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Faces_with_five_points_when_unseen_are_all_found_and_refined_landmarks_are_nearer()
    {
        EvaluationReport plain = Measure("faces5", refine: false), refined = Measure("faces5", refine: true);

        Assert.Equal(1156, plain.Found);
        Assert.InRange(plain.MeanError!.Value, 0.02, 0.0415);
        Assert.Equal(plain.Found, refined.Found);
        Assert.InRange(refined.MeanError!.Value, 0.02, 0.030);
    }

    [Fact]
    public void Faces_of_the_web_when_unseen_are_found_as_often_as_by_the_originals_with_fewer_others()
    {
        EvaluationReport report = Measure("webfaces", refine: false);

        Assert.True(report.Recall >= 0.92, $"{report.Recall}");
        Assert.True(report.OthersPerImage <= 0.25, $"{report.OthersPerImage}");
    }

    private static EvaluationReport Measure(string set, bool refine)
    {
        using FaceDetector detector = new(new FaceDetectorOptions { Models = ModelFiles.Locate(Folder, withLandmarks: refine), RefineLandmarks = refine });
        AnnotationSet annotations = AnnotationReader.Read(SharedFiles.Of($"data/{set}/validation.csv"));
        return EvaluationReport.Of(set, DetectorEvaluation.Find(detector, annotations), new EvaluationOptions());
    }
}
