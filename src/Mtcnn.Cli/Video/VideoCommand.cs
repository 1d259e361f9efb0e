using System.CommandLine;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;
using Mtcnn.Tracking;

namespace Mtcnn.Cli.Video;

/// <summary>The arguments of `mtcnn video`.</summary>
internal static class VideoCommand
{
    private static readonly FaceTrackerOptions Defaults = new();

    public static Command Create(CancellationToken stop)
    {
        Argument<string> source = new("VIDEO") { Description = "A video file, or the number of a camera; 0 is the first camera." };
        DetectorArguments detector = new();
        Option<bool> track = new("--track")
        {
            Description = "Track faces from frame to frame. Each face keeps its number, and most frames are processed much faster.",
        };
        Option<int?> every = new("--every")
        {
            Description = $"With --track, detect new faces only in every n-th frame. Default: {Defaults.DetectEvery}.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole(minimum: 1, maximum: 100_000),
        };
        Option<string?> draw = new("--draw")
        {
            Description = "Write the video, with its faces marked, to this file: .mp4, .mkv or .avi. It has no sound.",
            HelpName = "FILE",
        };
        Option<int?> frames = new("--frames")
        {
            Description = "The maximum number of frames. Default: all; a camera runs until Ctrl-C.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole(minimum: 1),
        };
        ExampleCommand command = new("video", "Detect faces in the frames of a video.")
        {
            Notes =
            [
                """
                Output: for each frame
                  {"frame": n, "time": seconds, "width": W, "height": H, "faces": [{"id": 1, "box": [left, top, right, bottom],
                   "score": s, "landmarks": [[x, y], ...]}]}
                with frames counted from 0, and id only with --track. A face that was hidden for long, or left and came back, gets a new id.
                """,
                "Exit codes: 0 success; 1 the file is incomplete; 2 invalid arguments, an invalid video, or models are missing; 130 stopped by Ctrl-C, after writing the finished frames.",
            ],
            Examples =
            [
                ("mtcnn video street.mp4 --track > faces.jsonl", "Write the faces of each frame; each face keeps its number."),
                ("mtcnn video street.mp4 --track --draw marked.mp4 > faces.jsonl", "Also write a copy of the video with the faces marked."),
                ("mtcnn video 0 --track --select largest", "Track the largest face in front of the first camera."),
            ],
        };
        command.Add(source);
        detector.AddTo(command);
        command.With(track, every, draw, frames);
        command.Validators.Add(result =>
        {
            if (result.GetValue(every) is not null && !result.GetValue(track))
            {
                result.AddError("--every requires --track.");
            }
        });
        command.SetAction((parseResult, _) => new VideoRun(
            new VideoRequest
            {
                Source = parseResult.GetRequiredValue(source),
                Detector = detector.Read(parseResult),
                Tracking = parseResult.GetValue(track) ? new FaceTrackerOptions { DetectEvery = parseResult.GetValue(every) ?? Defaults.DetectEvery } : null,
                DrawPath = parseResult.GetValue(draw),
                Frames = parseResult.GetValue(frames),
            },
            stop).RunAsync());
        return command;
    }
}
