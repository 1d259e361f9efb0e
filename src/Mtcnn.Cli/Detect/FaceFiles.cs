using Mtcnn.Alignment;
using Mtcnn.Cli.Inputs;
using Mtcnn.Cli.Terminal;
using Mtcnn.Drawing;
using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.Cli.Detect;

/// <summary>
/// Writes the files of --draw and --align: the image with its faces marked (a JPEG for a JPEG, else a PNG), and one
/// aligned PNG per face. Thread-safe.
/// </summary>
internal sealed class FaceFiles
{
    private const int JpegQuality = 95;

    private readonly IReadOnlyList<InputSource> _sources;
    private readonly IReadOnlyList<string> _names;
    private readonly string? _drawFolder;
    private readonly string? _alignFolder;
    private readonly FaceAligner _aligner;

    /// <summary>
    /// Creates the folders. Throws <see cref="CommandException"/> if a folder cannot be created or written, or if an image
    /// to read would be overwritten.
    /// </summary>
    public FaceFiles(IReadOnlyList<InputSource> sources, string? drawFolder, string? alignFolder, int alignSize)
    {
        _sources = sources;
        _names = OutputNames.For(sources);
        _drawFolder = drawFolder;
        _alignFolder = alignFolder;
        _aligner = new FaceAligner(alignSize);
        Prepare(drawFolder, "--draw");
        Prepare(alignFolder, "--align");
        RefuseOverwriting();
    }

    /// <summary>Writes the files of one image. Throws <see cref="CommandException"/> if a file cannot be written.</summary>
    public void Write(int index, Mat image, IReadOnlyList<Face> faces)
    {
        if (_drawFolder is not null)
        {
            using Mat drawn = image.Clone();
            FaceDrawing.Draw(drawn, faces);
            Save(drawn, DrawnPath(index));
        }

        for (int face = 0; _alignFolder is not null && face < faces.Count; face++)
        {
            using AlignedMat aligned = _aligner.Align(image, faces[face].Landmarks);
            Save(aligned.Image, Path.Join(_alignFolder, $"{_names[index]}_{face}.png"));
        }
    }

    private string DrawnPath(int index)
    {
        string extension = Path.GetExtension(_sources[index].Name);
        bool isJpeg = extension.Equals(".jpg", StringComparison.OrdinalIgnoreCase)
            || extension.Equals(".jpeg", StringComparison.OrdinalIgnoreCase);
        return Path.Join(_drawFolder, _names[index] + (isJpeg ? extension : ".png"));
    }

    private static void Prepare(string? folder, string option)
    {
        if (folder is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
            // Permissions and read-only or full file systems can only be detected by creating a file.
            string probe = Path.Join(folder, $".mtcnn-{Guid.NewGuid():N}");
            using FileStream stream = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException(
                $"The folder of {option}, {folder}, cannot be written: {failure.Message}", "Give a writable folder.", failure);
        }
    }

    private void RefuseOverwriting()
    {
        if (_drawFolder is null)
        {
            return;
        }

        string folder = RealFolder(_drawFolder);
        Dictionary<string, string> read = [];
        foreach (InputSource source in _sources.Where(source => !source.IsStandardInput && source.Error is null))
        {
            string fullPath = Path.GetFullPath(source.Name);
            read[Path.Join(RealFolder(Path.GetDirectoryName(fullPath)!), Path.GetFileName(fullPath))] = source.Name;
        }

        for (int index = 0; index < _sources.Count; index++)
        {
            if (read.TryGetValue(Path.Join(folder, Path.GetFileName(DrawnPath(index))), out string? overwritten))
            {
                throw new CommandException(
                    $"--draw {_drawFolder} would overwrite the image {overwritten}.", "Give another folder.");
            }
        }
    }

    private static string RealFolder(string folder)
    {
        string fullPath = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Directory.ResolveLinkTarget(fullPath, returnFinalTarget: true)?.FullName ?? fullPath;
    }

    private static void Save(Mat image, string path)
    {
        try
        {
            Cv2.ImEncode(Path.GetExtension(path), image, out byte[] encoded, new ImageEncodingParam(ImwriteFlags.JpegQuality, JpegQuality));
            File.WriteAllBytes(path, encoded);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or OpenCVException)
        {
            throw new CommandException($"{path} cannot be written: {failure.Message}", innerException: failure);
        }
    }
}
