using Mtcnn.Evaluation;
using Mtcnn.Tests.Support;
using Xunit.Abstractions;

namespace Mtcnn.Tests.Evaluation;

/// <summary>What the detector finds of faces that people marked, held against what the reference found with pycaffe.</summary>
public sealed class AccuracyTests(ITestOutputHelper output)
{
    private const string Groups = "images/dlib-faces";
    private const string Faces5 = "data/faces5/validation.csv";
    private const string WebFaces = "data/webfaces/validation.csv";

    [Fact]
    public void Authors_on_annotated_groups_finds_every_face_and_nothing_else()
    {
        EvaluationReport report = Evaluate("authors", Groups);

        Assert.Equal((9, 43, 43, 0), (report.Pictures, report.Faces, report.Found, report.Others));
        Assert.InRange(report.MeanError!.Value, 0.060, 0.070);
    }

    [Fact]
    public void Authors_with_the_fourth_net_on_annotated_groups_places_landmarks_better()
    {
        EvaluationReport report = Evaluate("fourth net", Groups);

        Assert.Equal((43, 0), (report.Found, report.Others));
        Assert.InRange(report.MeanError!.Value, 0.040, 0.050);
    }

    [Fact]
    public void Mtcnn_caffe_on_annotated_groups_misses_the_faces_that_the_reference_misses()
    {
        EvaluationReport report = Evaluate("mtcnn-caffe", Groups);

        Assert.Equal((36, 7, 0), (report.Found, report.Missed, report.Others));
        Assert.InRange(report.MeanError!.Value, 0.080, 0.0845);
    }

    [Fact]
    public void Authors_on_faces5_reaches_the_figures_of_the_reference()
    {
        EvaluationReport report = Evaluate("authors", Faces5);

        Assert.Equal(1156, report.Faces);
        Assert.Equal(1, report.Recall, 0.0005);
        Assert.Equal(0.0498, report.MeanError!.Value, 0.0001);
        Assert.Equal(0.042, report.FailureShare!.Value, 0.001);
    }

    [Fact]
    public void Authors_with_the_fourth_net_on_faces5_reaches_the_figures_of_the_reference()
    {
        EvaluationReport report = Evaluate("fourth net", Faces5);

        Assert.Equal(1, report.Recall, 0.0005);
        Assert.Equal(0.0303, report.MeanError!.Value, 0.0001);
        Assert.Equal(0.005, report.FailureShare!.Value, 0.001);
    }

    [Fact]
    public void Authors_on_webfaces_reaches_the_figures_of_the_reference()
    {
        EvaluationReport report = Evaluate("authors", WebFaces);

        Assert.Equal((506, 839), (report.Pictures, report.Faces));
        Assert.Equal(0.920, report.Recall, 0.001);
        Assert.Equal(0.322, report.OthersPerPicture, 0.001);
        Assert.Equal([0.65, 0.93, 0.97, 0.98, 0.99], report.BySize.Select(size => Math.Round(size.Recall, 2)));
    }

    private EvaluationReport Evaluate(string detector, string annotations)
    {
        EvaluationReport report = DetectorEvaluation.Run(
            detector == "fourth net" ? Detectors.Refining : Detectors.Of(detector), AnnotationReader.Read(SharedFiles.Of(annotations)));
        output.WriteLine($"{report}");
        output.WriteLine(string.Join(", ", report.BySize.Select(size => $"{size.From}..{size.To}: {size.Found}/{size.Faces} = {size.Recall:F3}")));
        return report;
    }
}
