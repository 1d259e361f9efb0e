using System.Diagnostics;
using System.Globalization;
using CaffeSharp.Imaging;

using Mtcnn.Cli.Terminal;

using OpenCvSharp;

namespace Mtcnn.Cli.Video;

/// <summary>The frames of a video file or a camera, one after the other.</summary>
internal sealed class VideoSource : IDisposable
{
    private readonly string _name;
    private readonly VideoCapture _capture;
    private readonly bool _isCamera;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <param name="name">A file, or the number of a camera.</param>
    /// <exception cref="CommandException">There is no such file or camera, or it is not a video.</exception>
    public VideoSource(string name)
    {
        _name = name;
        OpenCvLibrary.EnsureLoaded();
        _isCamera = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int camera);
        if (!_isCamera && !File.Exists(name))
        {
            throw new CommandException($"{name}: there is no such file.", "Give a video file, or the number of a camera, 0 for the first.");
        }

        _capture = _isCamera ? new VideoCapture(camera) : new VideoCapture(name);
        if (!_capture.IsOpened())
        {
            _capture.Dispose();
            throw _isCamera
                ? new CommandException($"Camera {name} cannot be opened.", "`ls /dev/video*` lists the cameras; your user must be a member of the group video.")
                : new CommandException($"{name}: cannot read this as a video.");
        }

        Frames = !_isCamera && _capture.FrameCount is > 0 and int frames ? frames : null;
        FramesPerSecond = _capture.Fps is > 0 and < 1000 and double rate ? rate : 25;
    }

    /// <summary>The number of frames that the file declares; null if it declares none.</summary>
    public int? Frames { get; }

    /// <summary>Frames per second; 25 if the rate is unknown.</summary>
    public double FramesPerSecond { get; }

    /// <summary>The number of the last frame that was read, from 0; -1 before the first.</summary>
    public int Number { get; private set; } = -1;

    /// <summary>The time of the last frame, in seconds from the beginning.</summary>
    public double Time { get; private set; }

    /// <summary>Reads the next frame. False at the end.</summary>
    /// <param name="frame">Receives the frame, as 8-bit BGR.</param>
    public bool Read(Mat frame)
    {
        if (!_capture.Read(frame) || frame.Empty())
        {
            return false;
        }

        Number++;
        Time = _isCamera ? Stopwatch.GetElapsedTime(_start).TotalSeconds : Number / FramesPerSecond;
        return true;
    }

    /// <summary>The error if the file is incomplete; null if it is complete.</summary>
    public string? WhyShort() => Number < 0
        ? $"{_name}: no frame can be read."
        : Frames is { } frames && Number + 1 < frames ? $"{_name}: the file declares {frames} frames, but only {Number + 1} could be read." : null;

    public void Dispose() => _capture.Dispose();
}
