using Mtcnn.Detection;
using Mtcnn.Models;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Cascade;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Samples;

/// <summary>Trains all three nets from photos with marked faces, and looks for faces in photos that were not trained on.</summary>
internal static class CascadeSample
{
    private const int TrainingPhotos = 120;
    private const int UnseenPhotos = 40;

    /// <summary>Takes a CSV with the five points of a face a photo (docs/training-data.md), and works in the folder cascade of the current one.</summary>
    /// <returns>Whether more than half of the faces that it has not seen are found.</returns>
    internal static bool Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        if (arguments.Count != 1)
        {
            output.WriteLine("Name a CSV of photos with the five points of their faces, at least 160 of them: cascade faces/train.csv (docs/training-data.md).");
            return false;
        }

        // The first photos are trained on, the next ones are looked through afterwards.
        string[] lines = File.ReadAllLines(arguments[0]);
        string photos = Path.GetDirectoryName(Path.GetFullPath(arguments[0]))!;
        DirectoryInfo folder = Directory.CreateDirectory("cascade");
        Write("photos.csv", lines.Skip(1).Take(TrainingPhotos));
        Write("unseen.csv", lines.Skip(1 + TrainingPhotos).Take(UnseenPhotos));

        // Every stage is kept: a run that was stopped continues where it was.
        string configuration = Path.Combine(AppContext.BaseDirectory, "cascade.json");
        CascadeTraining training = new(configuration, folder.FullName, Path.Combine(folder.FullName, "run"));
        training.RunAsync(restartFrom: null, new ProgressReporter(output)).GetAwaiter().GetResult();

        AnnotationSet unseen = training.Measured[0];
        using FaceDetector detector = new(new FaceDetectorOptions { Models = ModelFiles.Locate(training.ModelFolder) });
        EvaluationReport report = DetectorEvaluation.Run(detector, unseen);
        output.WriteLine($"Of {report.Faces} faces that it had not seen, {report.Found} were found. mtcnn detect --models {training.ModelFolder} IMAGE");
        return report.Found > report.Faces / 2;

        void Write(string name, IEnumerable<string> rows) =>
            File.WriteAllLines(Path.Combine(folder.FullName, name), [lines[0], .. rows.Select(row => Path.Combine(photos, row))]);
    }

    private sealed class ProgressReporter(TextWriter output) : IProgress<string>
    {
        public void Report(string value) => output.WriteLine(value);
    }
}
