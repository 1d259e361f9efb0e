using System.Diagnostics.CodeAnalysis;
using CaffeSharp;
using Mtcnn.Cli.Inputs;
using Mtcnn.Cli.Terminal;
using Mtcnn.Detection;
using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.Cli.Detect;

/// <summary>Runs `mtcnn detect` with parsed arguments.</summary>
internal sealed class DetectRun(DetectRequest request, CancellationToken stop)
{
    public async Task<int> RunAsync()
    {
        IReadOnlyList<InputSource> sources = new InputSearch(request.Recursive, ErrorReport.Line).Find(request.Paths);
        if (sources.Count == 0)
        {
            throw new CommandException("No images were found.", "Name an image, a folder or a pattern.");
        }

        int[] part = [.. Enumerable.Range(0, sources.Count).Where(request.Shard.Has)];
        using ResultFile? file = request.OutputPath is { } path ? new ResultFile(path) : null;
        int[] left = file is null ? part : [.. part.Where(index => !file.Take(sources[index].Name))];
        if (file is { Lines: > 0 })
        {
            ErrorReport.Line($"{request.OutputPath} already contains {part.Length - left.Length} of {part.Length} images.");
        }

        int failed = file?.Errors ?? 0;
        if (left.Length > 0)
        {
            failed += await RunAsync(sources, left, file).ConfigureAwait(false);
        }

        if (failed > 0)
        {
            ErrorReport.Line($"{failed} of {part.Length} images failed.");
        }

        return failed > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    /// <summary>Processes the images at these indices, and returns the number of images that failed.</summary>
    private async Task<int> RunAsync(IReadOnlyList<InputSource> sources, int[] indices, ResultFile? file)
    {
        int workers = Math.Min(request.Jobs ?? CaffeRuntime.Threads, indices.Length);
        using FaceDetector detector = new(request.Detector);
        FaceFiles? files = request.DrawFolder is null && request.AlignFolder is null
            ? null
            : new FaceFiles(sources, request.DrawFolder, request.AlignFolder, request.AlignSize);

        using Stream? standardOutput = file is null ? StandardOutput.Open() : null;
        IResultWriter writer = OutputFormat.CreateWriter(request.Format, file?.Output ?? standardOutput!);
        int done = 0;
        int failed = 0;
        void Take(ImageResult result, IProgressReport progress)
        {
            if (result.Error is not null)
            {
                failed++;
                progress.Say($"{result.Image}: {result.Error}");
            }

            try
            {
                writer.Write(result);
            }
            // .NET reports a file that may not grow further as an argument out of range.
            catch (Exception failure) when (file is not null && failure is IOException or ArgumentOutOfRangeException)
            {
                throw file.CannotBeWritten(failure);
            }

            progress.Done(++done);
        }

        try
        {
            await ProgressBar.RunAsync(
                "Images",
                indices.Length,
                sharesTerminal: file is null && !Console.IsOutputRedirected && writer.WritesEachResult,
                progress => OrderedWork.RunAsync(
                    indices.Length,
                    workers,
                    index => Detect(detector, files, sources[indices[index]], indices[index]),
                    result => Take(result, progress),
                    stop)).ConfigureAwait(false);
        }
        finally
        {
            // After an error too, the output is completed so that it is valid.
            writer.Finish();
            file?.Flush();
        }

        return failed;
    }

    [SuppressMessage("Design", "CA1031", Justification = "An invalid image must not stop the others.")]
    private ImageResult Detect(FaceDetector detector, FaceFiles? files, InputSource source, int index)
    {
        if (source.Error is not null)
        {
            return ImageResult.Failed(source.Name, source.Error);
        }

        try
        {
            using Mat image = InputReader.Read(source, stop);
            IReadOnlyList<Face> faces = detector.Detect(image);
            files?.Write(index, image, faces);
            return new ImageResult(source.Name, image.Width, image.Height, faces);
        }
        catch (Exception failure) when (failure is not (CommandException or OperationCanceledException))
        {
            return ImageResult.Failed(source.Name, ErrorReport.DescribeInOneLine(failure, source.Name));
        }
    }
}
