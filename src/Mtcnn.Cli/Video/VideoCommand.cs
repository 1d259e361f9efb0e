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
        Argument<string> source = new("VIDEO") { Description = "A video file, or the number of a camera: 0 for the first." };
        DetectorArguments detector = new();
        Option<bool> track = new("--track")
        {
            Description = "Follow faces from frame to frame: each keeps a number, and most frames take a small part of the time.",
        };
        Option<int?> every = new("--every")
        {
            Description = $"With --track, look through every n-th frame for new faces. Default: {Defaults.DetectEvery}.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole("a number of frames", minimum: 1, maximum: 100_000),
        };
        Option<string?> draw = new("--draw")
        {
            Description = "Write the video, with its faces marked, to this file: .mp4, .mkv or .avi. It has no sound.",
            HelpName = "FILE",
        };
        Option<int?> frames = new("--frames")
        {
            Description = "End after so many frames. Default: all; a camera continues until Ctrl-C.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole("a number of frames", minimum: 1),
        };
        ExampleCommand command = new("video", "Find the faces of a video's frames.")
        {
            Notes =
            [
                """
                Output: for each frame
                  {"frame": n, "time": seconds, "width": W, "height": H, "faces": [{"id": 1, "box": [left, top, right, bottom],
                   "score": s, "landmarks": [[x, y], ...]}]}
                with frames counted from 0, and id only with --track. A face that was hidden for long, or left and came back, gets a new id.
                """,
                "Exit codes: 0 all well; 1 the file ends before its time; 2 bad usage, no video, or models missing; 130 stopped by Ctrl-C, with what is done written.",
            ],
            Examples =
            [
                ("mtcnn video street.mp4 --track > faces.jsonl", "The faces of each frame, with numbers that stay."),
                ("mtcnn video street.mp4 --track --draw marked.mp4 > faces.jsonl", "And a copy of the video with the faces marked."),
                ("mtcnn video 0 --track --select largest", "The largest face before the first camera."),
            ],
        };
        command.Add(source);
        detector.AddTo(command);
        command.With(track, every, draw, frames);
        command.Validators.Add(result =>
        {
            if (result.GetValue(every) is not null && !result.GetValue(track))
            {
                result.AddError("--every is for --track, which was not given.");
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
