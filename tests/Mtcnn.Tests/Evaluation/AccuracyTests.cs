using Mtcnn.Detection;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Evaluation;
using OpenCvSharp;

namespace Mtcnn.Tests.Evaluation;

/// <summary>The detector's recall of annotated faces, compared with the reference, run with pycaffe.</summary>
public sealed class AccuracyTests(ITestOutputHelper output)
{
    private const string Groups = "images/dlib-faces";
    private const string Faces5 = "data/faces5/validation.csv";
    private const string WebFaces = "data/webfaces/validation.csv";

    [Fact]
    public void Authors_on_annotated_groups_finds_every_face_and_nothing_else()
    {
        EvaluationReport report = Evaluate(Detectors.Authors, Groups);

        Assert.Equal((9, 43, 43, 0), (report.Images, report.Faces, report.Found, report.Others));
        Assert.InRange(report.MeanError!.Value, 0.069, 0.070);
    }

    [Fact]
    public void Authors_with_the_fourth_net_on_annotated_groups_places_landmarks_better()
    {
        EvaluationReport report = Evaluate(Detectors.Refining, Groups);

        Assert.Equal((43, 0), (report.Found, report.Others));
        Assert.InRange(report.MeanError!.Value, 0.049, 0.050);
    }

    [Fact]
    public void Mtcnn_caffe_on_annotated_groups_misses_the_faces_that_the_reference_misses()
    {
        EvaluationReport report = Evaluate(Detectors.MtcnnCaffe, Groups);

        Assert.Equal((36, 7, 0), (report.Found, report.Missed, report.Others));
        Assert.InRange(report.MeanError!.Value, 0.0835, 0.0845);
    }

    [Fact]
    public void Authors_on_faces5_with_and_without_the_fourth_net_reaches_the_figures_of_the_reference()
    {
        AnnotationSet annotations = AnnotationReader.Read(SharedFiles.Of(Faces5));
        ImageEvaluation[] plain = new ImageEvaluation[annotations.Images.Count];
        ImageEvaluation[] refined = new ImageEvaluation[annotations.Images.Count];
        Parallel.For(0, plain.Length, index =>
        {
            AnnotatedImage annotated = annotations.Images[index];
            using Mat image = ImageReader.Read(annotated.Path);
            CascadeResult result = Detectors.Refining.DetectWithStages(image);
            plain[index] = FaceMatcher.Match(annotated.Faces, result.Output, annotations.Rule);
            refined[index] = FaceMatcher.Match(annotated.Faces, result.Faces, annotations.Rule);
        });

        EvaluationReport withoutFourth = Report(EvaluationReport.Of("three nets", plain));
        EvaluationReport withFourth = Report(EvaluationReport.Of("four nets", refined));

        Assert.Equal((1156, 1156), (withoutFourth.Faces, withoutFourth.Found));
        Assert.Equal(0.0498, withoutFourth.MeanError!.Value, 0.00005);
        Assert.Equal(0.042, withoutFourth.FailureShare!.Value, 0.0005);
        Assert.Equal(1156, withFourth.Found);
        Assert.Equal(0.0303, withFourth.MeanError!.Value, 0.00005);
        Assert.Equal(0.005, withFourth.FailureShare!.Value, 0.0005);
    }

    [Fact]
    public void Authors_on_webfaces_reaches_the_figures_of_the_reference()
    {
        EvaluationReport report = Evaluate(Detectors.Authors, WebFaces);

        Assert.Equal((506, 839), (report.Images, report.Faces));
        Assert.Equal(0.920, report.Recall, 0.0005);
        Assert.Equal(0.322, report.OthersPerImage, 0.0005);
        Assert.Equal(839, report.BySize.Sum(size => size.Faces));
        Assert.InRange(report.BySize[0].Recall, 0, 0.7);
        Assert.InRange(report.BySize[^1].Recall, 0.985, 1);
    }

    private EvaluationReport Evaluate(FaceDetector detector, string annotations) =>
        Report(DetectorEvaluation.Run(detector, AnnotationReader.Read(SharedFiles.Of(annotations))));

    private EvaluationReport Report(EvaluationReport report)
    {
        output.WriteLine($"{report.Name}: found {report.Found} of {report.Faces}, others {report.Others}, error {report.MeanError:F5}, failures {report.FailureShare:P2}");
        output.WriteLine(string.Join(", ", report.BySize.Select(size => $"{size.From} to {size.To} px: {size.Found} of {size.Faces}")));
        return report;
    }
}
