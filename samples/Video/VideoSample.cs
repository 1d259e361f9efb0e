using System.Globalization;
using CaffeSharp.Samples;
using Mtcnn.Detection;
using Mtcnn.Drawing;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Tracking;
using OpenCvSharp;

namespace Mtcnn.Samples;

/// <summary>Follows the faces of a video; each keeps its number from frame to frame.</summary>
internal static class VideoSample
{
    private const double FramesPerSecond = 25;
    private static readonly Size s_view = new(400, 400);

    /// <summary>Takes a video's path, or makes a short one by moving over the sample photo, and writes tracked.avi to the current folder.</summary>
    /// <returns>Whether a face was seen.</returns>
    internal static bool Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        string path = arguments.Count > 0 ? arguments[0] : FilmPhoto();
        using FaceDetector detector = new();
        FaceTracker tracker = new(detector, new FaceTrackerOptions { DetectEvery = 5 });
        using VideoCapture video = new(path);
        if (!video.IsOpened())
        {
            throw new IOException($"{path} is not a video that can be read.");
        }

        using VideoWriter drawn = new("tracked.avi", FourCC.MJPG, video.Fps > 0 ? video.Fps : FramesPerSecond, new Size(video.FrameWidth, video.FrameHeight));
        using Mat frame = new();
        HashSet<int> seen = [];
        int frames = 0;
        for (; video.Read(frame); frames++)
        {
            IReadOnlyList<TrackedFace> faces = tracker.Next(frame);
            seen.UnionWith(faces.Select(face => face.Id));
            Dictionary<Face, int> identities = faces.ToDictionary(face => face.Face, face => face.Id);
            FaceDrawing.Draw(frame, identities.Keys, new FaceDrawingOptions { Label = face => identities[face].ToString(CultureInfo.InvariantCulture) });
            drawn.Write(frame);
        }

        output.WriteLine($"Faces in {frames} frames, drawn with their numbers in tracked.avi: {seen.Count}");
        return seen.Count > 0;
    }

    /// <summary>Two seconds of a camera that moves over the portrait.</summary>
    private static string FilmPhoto()
    {
        using Mat photo = ImageReader.Read(SamplePhoto.PathOf([]));
        using VideoWriter film = new("film.avi", FourCC.MJPG, FramesPerSecond, s_view);
        for (int frame = 0; frame < 50; frame++)
        {
            using Mat view = photo[new Rect(2 * frame, frame, s_view.Width, s_view.Height)];
            film.Write(view);
        }

        return "film.avi";
    }
}
