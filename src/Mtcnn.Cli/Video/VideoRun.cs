using Mtcnn.Cli.Terminal;
using Mtcnn.Detection;
using Mtcnn.Drawing;
using Mtcnn.Faces;
using Mtcnn.Tracking;
using OpenCvSharp;

namespace Mtcnn.Cli.Video;

/// <summary>Runs `mtcnn video` with parsed arguments.</summary>
internal sealed class VideoRun(VideoRequest request, CancellationToken stop)
{
    public async Task<int> RunAsync()
    {
        using VideoSource source = new(request.Source);
        using VideoTarget? target = request.DrawPath is { } path ? new VideoTarget(path, source.FramesPerSecond, request.Source) : null;
        using FaceDetector detector = new(request.Detector);
        using Stream output = StandardOutput.Open();
        FaceTracker? tracker = request.Tracking is { } tracking ? new FaceTracker(detector, tracking) : null;
        int frames = Math.Min(source.Frames ?? int.MaxValue, request.Frames ?? int.MaxValue);
        await ProgressBar.RunAsync(
            "Frames",
            frames,
            sharesTerminal: !Console.IsOutputRedirected || frames == int.MaxValue,
            progress => Task.Run(() => Run(source, target, detector, tracker, output, progress))).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        if (source.Number + 1 < frames && source.WhyShort() is { } why)
        {
            ErrorReport.Line(why);
            return ExitCode.Failure;
        }

        return ExitCode.Success;
    }

    private void Run(VideoSource source, VideoTarget? target, FaceDetector detector, FaceTracker? tracker, Stream output, IProgressReport progress)
    {
        using Mat frame = new();
        while (!stop.IsCancellationRequested && source.Number + 1 < (request.Frames ?? int.MaxValue) && source.Read(frame))
        {
            (int? Id, Face Face)[] faces = tracker is null
                ? [.. detector.Detect(frame).Select(face => ((int?)null, face))]
                : [.. tracker.Next(frame).Select(face => ((int?)face.Id, face.Face))];
            output.Write(FrameResultJson.ToLine(source.Number, source.Time, frame.Size(), faces));
            output.Flush();
            if (target is not null)
            {
                Draw(frame, faces);
                target.Write(frame);
            }

            progress.Done(source.Number + 1);
        }
    }

    private static void Draw(Mat frame, (int? Id, Face Face)[] faces)
    {
        FaceDrawingOptions options = new();
        FaceDrawing.Draw(frame, [.. faces.Select(item => item.Face)], options with { Label = face => IdOf(face) is { } id ? $"{id}" : options.Label(face) });

        int? IdOf(Face face) => faces.First(item => ReferenceEquals(item.Face, face)).Id;
    }
}
