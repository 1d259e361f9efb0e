using CaffeSharp.Samples;
using Mtcnn.Alignment;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Samples;

/// <summary>Cuts every face out of a photo, turned and scaled so that eyes, nose and mouth are where networks that recognise faces want them.</summary>
internal static class AlignSample
{
    private const int Size = 112;

    /// <summary>Takes the photo's path, or the sample photo, and writes aligned-1.png, aligned-2.png, ... to the current folder.</summary>
    /// <returns>Whether there is a face.</returns>
    internal static bool Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        using Mat photo = ImageReader.Read(SamplePhoto.PathOf(arguments));
        using FaceDetector detector = new(new FaceDetectorOptions { RefineLandmarks = true });
        FaceAligner aligner = new(Size);
        int number = 0;
        foreach (Face face in detector.Detect(photo))
        {
            using AlignedMat aligned = aligner.Align(photo, face.Landmarks);
            string path = $"aligned-{++number}.png";
            Cv2.ImWrite(path, aligned.Image);
            Landmarks inside = aligned.Landmarks;
            output.WriteLine($"{path}: {Size} x {Size}, eyes at ({inside.LeftEye.X:F1}, {inside.LeftEye.Y:F1}) and ({inside.RightEye.X:F1}, {inside.RightEye.Y:F1})");
        }

        return number > 0;
    }
}
