using System.Globalization;

using Mtcnn.Cli.Inputs;
using Mtcnn.Cli.Terminal;
using Mtcnn.Detection;
using Mtcnn.Imaging;

using OpenCvSharp;

using Spectre.Console;

namespace Mtcnn.Cli.Compare;

/// <summary>Runs `mtcnn compare` with parsed arguments.</summary>
internal sealed class CompareRun(
    IReadOnlyList<string> paths, FaceDetectorOptions options, double tolerance, string? python, CancellationToken stop)
{
    private const string Measure = "absolute or relative to the blob's largest value";

    public async Task<int> RunAsync()
    {
        options.Validate();
        IReadOnlyList<InputSource> sources = new InputSearch(recursive: false, ErrorReport.Line).Find(paths);
        if (sources.Count == 0)
        {
            throw new CommandException("No images were found.", "Name an image, a folder or a pattern.");
        }

        using Pycaffe pycaffe = new(await PycaffeLocation.FindOrSetUpAsync(python, stop).ConfigureAwait(false));
        string description = await pycaffe.DescribeAsync(stop).ConfigureAwait(false);
        using CascadeComparison comparison = new(options, options.Models!, pycaffe, stop);
        int failed = 0;
        int done = 0;
        await ProgressBar.RunAsync(
            "Images",
            sources.Count,
            sharesTerminal: false,
            async progress =>
            {
                foreach (InputSource source in sources)
                {
                    failed += await AddAsync(comparison, source, progress).ConfigureAwait(false) ? 0 : 1;
                    progress.Done(++done);
                }
            }).ConfigureAwait(false);
        bool isClose = Show(comparison, description);
        return isClose && failed == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private async Task<bool> AddAsync(CascadeComparison comparison, InputSource source, IProgressReport progress)
    {
        string? error = source.Error;
        try
        {
            if (error is null)
            {
                using Mat image = InputReader.Read(source, stop);
                await comparison.AddAsync(image).ConfigureAwait(false);
            }
        }
        catch (ImageException failure)
        {
            error = ErrorReport.DescribeInOneLine(failure, source.Name);
        }

        if (error is not null)
        {
            progress.Say($"{source.Name}: {error}");
        }

        return error is null;
    }

    private bool Show(CascadeComparison comparison, string description)
    {
        if (comparison.Blobs.Count == 0)
        {
            throw new CommandException("Nothing was compared: no image could be read, or all images are smaller than the smallest face.");
        }

        FaceDifference faces = comparison.Faces;
        IReadOnlyList<BlobDifference> apart = [.. comparison.Blobs.Where(blob => !blob.IsWithin(tolerance))];
        Table table = Tables.Create("Net", "Blob", "Values", "Largest difference", "Of largest value", "").WithNumbers(2, 3, 4);
        foreach (BlobDifference blob in comparison.Blobs)
        {
            table.AddPlainRow(
                blob.Net,
                blob.Blob,
                blob.Values.ToString("N0", CultureInfo.InvariantCulture),
                Small(blob.LargestAbsolute),
                Small(blob.LargestRelative),
                blob.IsWithin(tolerance) ? "" : "above the tolerance");
        }

        using (Stream output = StandardOutput.Open())
        {
            Tables.Write(table, output);
        }

        using TextWriter text = StandardOutput.OpenText();
        text.WriteLine($"pycaffe: {description}");
        text.WriteLine(
            $"Faces: {faces.Ours} from CaffeSharp, {faces.Theirs} from pycaffe, {faces.Unmatched} without a counterpart; largest differences: "
            + $"score {Small(faces.LargestScore)}, edge {Small(faces.LargestEdge)} px, landmark {Small(faces.LargestLandmark)} px");
        text.WriteLine(apart.Count == 0
            ? $"All blobs are within {Small(tolerance)}, {Measure}."
            : $"{apart.Count} of {comparison.Blobs.Count} blobs are above the tolerance of {Small(tolerance)}, {Measure}.");
        return apart.Count == 0 && faces.Unmatched == 0;
    }

    private static string Small(double number) => number.ToString(number == 0 ? "0" : "0.0E+0", CultureInfo.InvariantCulture);
}
