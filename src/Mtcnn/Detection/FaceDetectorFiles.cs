using CaffeSharp;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>Detection in image files and in encoded images, of which <see cref="ImageReader"/> makes pixels. Thread-safe, as the detector is.</summary>
public static class FaceDetectorFiles
{
    /// <summary>Finds the faces in an image file.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="path">The file, of any format that <see cref="ImageReader"/> reads.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>).</returns>
    /// <exception cref="ImageException">The file is missing or no readable image; the message says which.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public static IReadOnlyList<Face> Detect(this FaceDetector detector, string path)
    {
        using Mat image = ImageReader.Read(path);
        return detector.Detect(image);
    }

    /// <summary>Finds the faces in the bytes of an image file.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="encoded">The whole file.</param>
    /// <inheritdoc cref="Detect(FaceDetector, string)"/>
    public static IReadOnlyList<Face> Detect(this FaceDetector detector, ReadOnlySpan<byte> encoded)
    {
        using Mat image = ImageReader.Decode(encoded);
        return detector.Detect(image);
    }

    /// <summary>Finds the faces in the image file that the rest of a stream holds. The stream stays open.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="stream">A readable stream; it need not be seekable.</param>
    /// <inheritdoc cref="Detect(FaceDetector, string)"/>
    public static IReadOnlyList<Face> Detect(this FaceDetector detector, Stream stream)
    {
        using Mat image = ImageReader.Read(stream);
        return detector.Detect(image);
    }

    /// <summary>Finds the faces in an image file.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="path">The file, of any format that <see cref="ImageReader"/> reads.</param>
    /// <param name="cancellationToken">Ends it early, between two parts of the image.</param>
    /// <returns>The faces, the best first (see <see cref="FaceDetectorOptions.Selection"/>).</returns>
    /// <exception cref="ImageException">The file is missing or no readable image; the message says which.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public static Task<IReadOnlyList<Face>> DetectAsync(this FaceDetector detector, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.DetectAsync(path, file => MatImage.Own(ImageReader.Read(file)), cancellationToken);
    }

    /// <summary>Finds the faces in the bytes of an image file.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="encoded">The whole file; not to be changed meanwhile.</param>
    /// <param name="cancellationToken">Ends it early, between two parts of the image.</param>
    /// <inheritdoc cref="DetectAsync(FaceDetector, string, CancellationToken)"/>
    public static Task<IReadOnlyList<Face>> DetectAsync(
        this FaceDetector detector, ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.DetectAsync(encoded, memory => MatImage.Own(ImageReader.Decode(memory.Span)), cancellationToken);
    }

    /// <summary>Finds the faces in the image file that the rest of a stream holds. The stream stays open.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="stream">A readable stream, which is read asynchronously.</param>
    /// <param name="cancellationToken">Ends it early, between two parts of the image.</param>
    /// <inheritdoc cref="DetectAsync(FaceDetector, string, CancellationToken)"/>
    public static async Task<IReadOnlyList<Face>> DetectAsync(
        this FaceDetector detector, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream encoded = new();
        await stream.CopyToAsync(encoded, cancellationToken).ConfigureAwait(false);
        encoded.Position = 0;
        return await detector.DetectAsync(encoded, memory => MatImage.Own(ImageReader.Read(memory)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds the faces in many image files, several at a time.</summary>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="paths">The files. They are taken as they are needed, a few ahead of the results.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The results in the order of the files. A file that cannot be read has its exception in its result, and the others continue.</returns>
    /// <exception cref="CaffeException">Memory is short, or a network failed.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public static IAsyncEnumerable<ImageFaces<string>> DetectBatchAsync(
        this FaceDetector detector, IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.DetectBatchAsync(paths.ToAsyncEnumerable(), file => ImageReader.Read(file), cancellationToken);
    }
}
