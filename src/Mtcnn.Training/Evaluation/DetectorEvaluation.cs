using CaffeSharp;
using Mtcnn.Detection;
using Mtcnn.Imaging;
using Mtcnn.Training.Annotations;
using OpenCvSharp;

namespace Mtcnn.Training.Evaluation;

/// <summary>Runs a detector over images with marked faces.</summary>
public static class DetectorEvaluation
{
    /// <summary>Evaluates a detector on a set, several images at once. Thread-safe.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="annotations">The marked images (see <see cref="AnnotationReader"/>).</param>
    /// <param name="progress">Receives the path of each processed image; can be null.</param>
    /// <param name="cancellation">Cancels the evaluation between two images.</param>
    /// <exception cref="ImageException">An image is missing or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static EvaluationReport Run(
        FaceDetector detector, AnnotationSet annotations, IProgress<string>? progress = null, CancellationToken cancellation = default) =>
        EvaluationReport.Of(annotations.Name, Find(detector, annotations, progress, cancellation));

    /// <summary>Runs a detector over a set, several images at once, and returns the findings of each image. Thread-safe.</summary>
    /// <inheritdoc cref="Run"/>
    public static IReadOnlyList<ImageFindings> Find(
        FaceDetector detector, AnnotationSet annotations, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        ImageFindings[] results = new ImageFindings[annotations.Images.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = CaffeRuntime.Threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, results.Length, options, index =>
            {
                AnnotatedImage annotated = annotations.Images[index];
                using Mat image = ImageReader.Read(annotated.Path);
                results[index] = ImageFindings.Of(annotated, annotations.Rule, detector.DetectWithStages(image));
                progress?.Report(annotated.Path);
            });
        }
        catch (AggregateException exception)
        {
            // If several images fail at the same time, only one exception is thrown, as in a loop.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return results;
    }
}
