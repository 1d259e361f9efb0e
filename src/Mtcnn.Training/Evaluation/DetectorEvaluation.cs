using CaffeSharp;
using Mtcnn.Detection;
using Mtcnn.Imaging;
using Mtcnn.Training.Annotations;
using OpenCvSharp;

namespace Mtcnn.Training.Evaluation;

/// <summary>Runs a detector over pictures with marked faces.</summary>
public static class DetectorEvaluation
{
    /// <summary>Evaluates a detector on a set, several pictures at once. Thread-safe.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="annotations">The marked pictures (see <see cref="AnnotationReader"/>).</param>
    /// <param name="progress">Told of every picture done; null for nobody.</param>
    /// <param name="cancellation">Ends the evaluation between two pictures.</param>
    /// <exception cref="ImageException">A picture is missing or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EvaluationReport Run(
        FaceDetector detector, AnnotationSet annotations, IProgress<string>? progress = null, CancellationToken cancellation = default) =>
        EvaluationReport.Of(annotations.Name, Find(detector, annotations, progress, cancellation));

    /// <summary>Runs a detector over a set, several pictures at once, and gives what it found in each. Thread-safe.</summary>
    /// <inheritdoc cref="Run"/>
    public static IReadOnlyList<PictureFindings> Find(
        FaceDetector detector, AnnotationSet annotations, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        PictureFindings[] results = new PictureFindings[annotations.Pictures.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = CaffeRuntime.Threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, results.Length, options, index =>
            {
                AnnotatedPicture picture = annotations.Pictures[index];
                using Mat image = ImageReader.Read(picture.Path);
                results[index] = PictureFindings.Of(picture, annotations.Rule, detector.DetectWithStages(image));
                progress?.Report(picture.Path);
            });
        }
        catch (AggregateException exception)
        {
            // Of several pictures that fail at once, one is told of, as in a loop.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return results;
    }
}
