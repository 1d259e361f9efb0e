using System.Text.Json;

using Mtcnn.Detection;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Tracking;

using OpenCvSharp;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn video`.</summary>
public sealed class VideoTests : IDisposable
{
    private const int Frames = 10;
    private const int Interrupt = 2;

    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Faces_of_a_video_keep_their_numbers_from_frame_to_frame_and_are_drawn()
    {
        string video = Record("camera.avi", Frames);

        CommandResult result = MtcnnCommand.Run("video", video, "--track", "--every", "4", "--draw", _folder.At("marked.avi")).Expecting(0);

        Assert.Empty(result.Errors);
        JsonElement[] lines = result.Objects;
        Assert.Equal(Enumerable.Range(0, Frames), lines.Select(line => line.GetProperty("frame").GetInt32()));
        Assert.All(lines, line => Assert.Equal(line.GetProperty("frame").GetInt32() / 20.0, line.GetProperty("time").GetDouble(), 3));
        Assert.All(lines, line => Assert.Equal([1, 2], line.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("id").GetInt32())));
        using VideoCapture drawn = new(_folder.At("marked.avi"));
        Assert.Equal((Frames, lines[0].GetProperty("width").GetInt32()), (drawn.FrameCount, drawn.FrameWidth));
        using VideoCapture plain = new(video);
        using Mat before = new(), after = new(), difference = new();
        Assert.True(plain.Read(before) && drawn.Read(after));
        Cv2.Absdiff(before, after, difference);
        Assert.InRange(difference.Mean().Val0, 0.5, 40);
    }

    [Fact]
    public void Each_frame_by_itself_has_the_faces_of_its_image()
    {
        string video = Record("camera.avi", 3);

        JsonElement[] lines = MtcnnCommand.Run("video", video).Expecting(0).Objects;

        using FaceDetector detector = new();
        using VideoCapture capture = new(video);
        using Mat frame = new();
        foreach (JsonElement line in lines)
        {
            Assert.True(capture.Read(frame));
            double[] expected = [.. detector.Detect(frame).Select(face => face.Box.Left)];
            Assert.Equal(expected, line.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("box")[0].GetDouble()));
            Assert.All(line.GetProperty("faces").EnumerateArray(), face => Assert.False(face.TryGetProperty("id", out _)));
        }

        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public void A_signal_ends_it_with_whole_lines_and_a_video_that_can_be_read()
    {
        string video = Record("long.avi", 400);

        CommandResult result = new MtcnnCommand()
            .RunAndSignal(Interrupt, afterLines: 3, "video", video, "--draw", _folder.At("marked.avi"))
            .Expecting(130);

        Assert.InRange(result.Objects.Length, 3, 200);
        using VideoCapture drawn = new(_folder.At("marked.avi"));
        Assert.Equal(result.Objects.Length, drawn.FrameCount);
    }

    [Fact]
    public void A_file_that_ends_before_its_time_gives_what_it_has_and_says_so()
    {
        string video = Record("camera.avi", 40);
        byte[] whole = File.ReadAllBytes(video);
        File.WriteAllBytes(video, whole[..(whole.Length / 2)]);

        CommandResult result = MtcnnCommand.Run("video", video).Expecting(1);

        Assert.InRange(result.Objects.Length, 10, 30);
        Assert.Contains($"{video}: the file declares 40 frames, but only {result.Objects.Length} could be read.", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.mp4", "none.mp4: there is no such file.")]
    [InlineData("text.mp4", "text.mp4: cannot read this as a video.")]
    [InlineData("97", "Camera 97 cannot be opened.")]
    [InlineData("camera.avi --every 3", "--every requires --track.")]
    [InlineData("camera.avi --draw marked.gif", "the name of a video must end with one of .mp4, .mkv, .avi")]
    [InlineData("camera.avi --draw camera.avi", "--draw camera.avi would overwrite the video.")]
    [InlineData("camera.avi --draw /none/marked.avi", "/none/marked.avi cannot be written")]
    public void Bad_usage_says_what_is_wrong(string arguments, string message)
    {
        Record("camera.avi", 1);
        _folder.Write("text.mp4", "no video"u8.ToArray());

        CommandResult result = new MtcnnCommand { WorkingFolder = _folder.Path }.RunWith(["video", .. arguments.Split(' ')]).Expecting(2);

        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.OutputBytes);
    }

    private string Record(string name, int frames)
    {
        using MovingPhoto photo = new(ImageFolder.TwoFaces, step: frames > 50 ? 0 : 3);
        using VideoWriter writer = new(_folder.At(name), VideoWriter.FourCC("MJPG"), 20, photo.Size);
        for (int number = 0; number < frames; number++)
        {
            using Mat frame = photo.Frame(number);
            writer.Write(frame);
        }

        return _folder.At(name);
    }
}
