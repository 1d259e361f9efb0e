using Mtcnn.Alignment;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Tests.Documentation;

/// <summary>The code of the README of Mtcnn.</summary>
internal static class MtcnnReadme
{
    internal static void Run()
    {
        using FaceDetector detector = new();
        using Mat photo = ImageReader.Read("photo.jpg");
        FaceAligner aligner = new(size: 112);
        int count = 0;
        foreach (Face face in detector.Detect(photo))
        {
            Console.WriteLine($"{face.Box} {face.Score:F3} nose at {face.Landmarks.Nose}");
            using AlignedMat aligned = aligner.Align(photo, face.Landmarks);
            Cv2.ImWrite($"face-{++count}.png", aligned.Image);
        }
    }
}
