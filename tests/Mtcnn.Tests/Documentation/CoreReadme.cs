using Mtcnn.Alignment;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Tests.Documentation;

/// <summary>The code of the README of Mtcnn.Core.</summary>
internal static class CoreReadme
{
    internal static async Task RunAsync()
    {
        using FaceDetector detector = new();
        ImageView photo = new(File.ReadAllBytes("photo.rgb"), width: 640, height: 480, stride: 640 * 3, PixelFormat.Rgb24);
        FaceAligner aligner = new(size: 112);
        foreach (Face face in await detector.DetectAsync(photo))
        {
            Console.WriteLine($"{face.Box} {face.Score:F3} nose at {face.Landmarks.Nose}");
            AlignedFace aligned = aligner.Align(photo, face.Landmarks);
            await File.WriteAllBytesAsync("face.rgb", aligned.Image.Pixels);
        }
    }
}
