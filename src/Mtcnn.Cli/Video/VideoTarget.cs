using Mtcnn.Cli.Terminal;

using OpenCvSharp;

namespace Mtcnn.Cli.Video;

/// <summary>A video file that is written frame by frame. It is created with the size of the first frame.</summary>
internal sealed class VideoTarget : IDisposable
{
    private static readonly Dictionary<string, string> Codecs = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = "mp4v",
        [".mkv"] = "mp4v",
        [".avi"] = "MJPG",
    };

    private readonly string _path;
    private readonly double _framesPerSecond;
    private readonly string _codec;
    private VideoWriter? _writer;

    /// <exception cref="CommandException">The file's extension is not supported, or the file cannot be written.</exception>
    public VideoTarget(string path, double framesPerSecond, string source)
    {
        _path = path;
        _framesPerSecond = framesPerSecond;
        _codec = Codecs.GetValueOrDefault(Path.GetExtension(path))
            ?? throw new CommandException($"{path}: the name of a video must end with one of {string.Join(", ", Codecs.Keys)}.");
        if (Path.GetFullPath(path) == Path.GetFullPath(source))
        {
            throw new CommandException($"--draw {path} would overwrite the video.", "Give another file.");
        }

        try
        {
            using FileStream probe = new(path, FileMode.OpenOrCreate, FileAccess.Write);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"{path} cannot be written: {failure.Message}", "Give a writable file.", failure);
        }
    }

    /// <exception cref="CommandException">The file cannot be written.</exception>
    public void Write(Mat frame)
    {
        _writer ??= new VideoWriter(_path, VideoWriter.FourCC(_codec), _framesPerSecond, frame.Size());
        if (!_writer.IsOpened())
        {
            throw new CommandException($"{_path}: a video of {frame.Width} x {frame.Height} cannot be written as {_codec}.", "Use a file name that ends with .avi.");
        }

        _writer.Write(frame);
    }

    public void Dispose() => _writer?.Dispose();
}
