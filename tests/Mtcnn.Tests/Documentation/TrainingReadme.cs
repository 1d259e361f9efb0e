using Mtcnn.Detection;
using Mtcnn.Models;
using Mtcnn.Training.Cascade;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Tests.Documentation;

/// <summary>The example of the README of Mtcnn.Training, so that it compiles. <see cref="ReadmeTests"/> compares both line by line.</summary>
internal static class TrainingReadme
{
    internal static async Task RunAsync()
    {
        CascadeTraining training = new("cascade.json", dataFolder: "faces", folder: "run");
        await training.RunAsync(anewFrom: null, new Progress<string>(Console.WriteLine));   // stopped? The same call continues.
        using FaceDetector detector = new(new FaceDetectorOptions { Models = ModelFiles.Locate(training.ModelFolder) });
        EvaluationReport report = DetectorEvaluation.Run(detector, training.Measured[0]);
        Console.WriteLine($"{report.Found} of {report.Faces} faces found, {report.OthersPerPicture:F2} other boxes per image");
    }
}
