using System.Diagnostics;
using Mtcnn.Detection;
using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.Suite.Rivals;

/// <summary>This library's detector.</summary>
internal sealed class OwnRival(string name, FaceDetectorOptions options) : IDetectorRival
{
    private readonly FaceDetector _detector = new(options);

    public string Name => name;

    public RivalAnswer Detect(string path, Mat image)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<Face> faces = _detector.Detect(image);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new RivalAnswer([.. faces.Select(face => new ScoredBox(face.Box, face.Score))], milliseconds);
    }

    public void Dispose() => _detector.Dispose();
}
