using CaffeSharp.Samples;
using Mtcnn.Detection;
using Mtcnn.Drawing;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Samples;

/// <summary>Finds the faces of a photo and draws them.</summary>
internal static class DetectSample
{
    /// <summary>Takes the photo's path, or the sample photo, and writes faces.png to the current folder.</summary>
    /// <returns>Whether there is a face.</returns>
    internal static bool Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        using Mat photo = ImageReader.Read(SamplePhoto.PathOf(arguments));

        // One detector for the whole program: it loads the nets once and serves any number of threads.
        using FaceDetector detector = new(new FaceDetectorOptions { RefineLandmarks = true, MinimumFace = 20 });
        IReadOnlyList<Face> faces = detector.Detect(photo);
        foreach (Face face in faces)
        {
            output.WriteLine($"{face.Score:F3}: {face.Box.Width:F0} x {face.Box.Height:F0} pixels at ({face.Box.Left:F0}, {face.Box.Top:F0}), nose at ({face.Landmarks.Nose.X:F1}, {face.Landmarks.Nose.Y:F1})");
        }

        FaceDrawing.Draw(photo, faces);
        Cv2.ImWrite("faces.png", photo);
        output.WriteLine($"Faces found, and drawn in faces.png: {faces.Count}");
        return faces.Count > 0;
    }
}
