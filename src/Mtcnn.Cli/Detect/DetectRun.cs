using System.Diagnostics.CodeAnalysis;

using Mtcnn.Cli.Pictures;
using Mtcnn.Cli.Terminal;
using Mtcnn.Detection;

using OpenCvSharp;

namespace Mtcnn.Cli.Detect;

/// <summary>Finds the faces of many pictures: `mtcnn detect` once its arguments are understood.</summary>
internal sealed class DetectRun(DetectRequest request, CancellationToken stop)
{
    public async Task<int> RunAsync()
    {
        IReadOnlyList<PictureSource> sources = new PictureSearch(request.Recursive, ErrorReport.Line).Find(request.Paths);
        if (sources.Count == 0)
        {
            throw new CommandException("There is no picture to look at.");
        }

        int workers = Math.Min(request.Jobs ?? Environment.ProcessorCount, sources.Count);
        using FaceDetector detector = new(request.Detector);
        FaceFiles? files = request.DrawFolder is null && request.AlignFolder is null
            ? null
            : new FaceFiles(sources, request.DrawFolder, request.AlignFolder, request.AlignSize);

        using Stream output = StandardOutput.Open();
        IResultWriter writer = OutputFormat.CreateWriter(request.Format, output);
        int done = 0;
        int failed = 0;
        void Take(PictureResult result, IProgressReport progress)
        {
            if (result.Error is not null)
            {
                failed++;
                progress.Say($"{result.Image}: {result.Error}");
            }

            writer.Write(result);
            progress.Done(++done);
        }

        try
        {
            await ProgressBar.RunAsync(
                "Pictures",
                sources.Count,
                sharesTerminal: !Console.IsOutputRedirected && writer.WritesEachResult,
                progress => OrderedWork.RunAsync(
                    sources.Count,
                    workers,
                    index => Detect(detector, files, sources[index], index),
                    result => Take(result, progress),
                    stop)).ConfigureAwait(false);
        }
        finally
        {
            // Whatever ended it, what was written so far is made whole.
            writer.Finish();
        }

        if (failed > 0)
        {
            ErrorReport.Line($"{failed} of {sources.Count} pictures failed.");
        }

        return failed > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever is wrong with one picture, the others go on.")]
    private PictureResult Detect(FaceDetector detector, FaceFiles? files, PictureSource source, int index)
    {
        if (source.Error is not null)
        {
            return PictureResult.Failed(source.Name, source.Error);
        }

        try
        {
            using Mat image = PictureReader.Read(source, stop);
            IReadOnlyList<Face> faces = detector.Detect(image);
            files?.Write(index, image, faces);
            return new PictureResult(source.Name, image.Width, image.Height, faces);
        }
        catch (Exception failure) when (failure is not (CommandException or OperationCanceledException))
        {
            return PictureResult.Failed(source.Name, ErrorReport.DescribeInOneLine(failure, source.Name));
        }
    }
}
