using CaffeSharp;

using Mtcnn.Cli.Terminal;

using Spectre.Console;

namespace Mtcnn.Cli.Inspect;

/// <summary>Runs `mtcnn inspect` with parsed arguments.</summary>
internal static class InspectRun
{
    private static readonly byte[] Hdf5Signature = [0x89, (byte)'H', (byte)'D', (byte)'F'];

    /// <summary>Shows a file and, if <paramref name="weights"/> are given, whether they fit it.</summary>
    public static int Run(string file, string? weights)
    {
        bool isText = IsText(file);
        if (!isText && weights is not null)
        {
            throw new CommandException($"{file} is not a prototxt. With weights, the first file must be a prototxt.", "Give the prototxt first, then the weights.");
        }

        return isText ? ShowNet(file, weights) : ShowCaffemodel(file);
    }

    private static int ShowNet(string prototxt, string? weights)
    {
        using Net net = Net.FromFile(prototxt);
        WeightsReport? report = weights is null ? null : net.CopyFrom(weights);
        Show($"{prototxt}: net {Quoted(net.Name)}, test phase", LayerTable.Create(NetSummary.Of(net), withOutputs: true));
        if (report is null)
        {
            return ExitCode.Success;
        }

        using TextWriter output = StandardOutput.OpenText();
        output.WriteLine($"{weights}: weights for {report.CopiedLayers.Count} layers.");
        if (report.MissingLayers.Count > 0)
        {
            output.WriteLine($"Layers without weights in the file: {string.Join(", ", report.MissingLayers)}.");
        }

        return report.MissingLayers.Count > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static int ShowCaffemodel(string caffemodel)
    {
        (string name, IReadOnlyList<LayerSummary> layers) = CaffemodelSummary.Read(caffemodel);
        Show(
            $"{caffemodel}: weights of net {Quoted(name)} (for shapes and multiply-adds: mtcnn inspect NET.prototxt {caffemodel})",
            LayerTable.Create(layers, withOutputs: false));
        return ExitCode.Success;
    }

    private static void Show(string title, Table table)
    {
        using (TextWriter text = StandardOutput.OpenText())
        {
            text.WriteLine(title);
        }

        using Stream output = StandardOutput.Open();
        Tables.Write(table, output);
    }

    private static string Quoted(string name) => name.Length == 0 ? "without a name" : $"\"{name}\"";

    // A prototxt is text. A caffemodel has control characters in its first bytes, because the length fields are binary.
    private static bool IsText(string path)
    {
        byte[] head = new byte[512];
        int length;
        try
        {
            using FileStream stream = File.OpenRead(path);
            length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException($"{path}: there is no such file.", innerException: failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            string why = Directory.Exists(path) ? "is a folder, not a file." : "cannot be read: permission denied.";
            throw new CommandException($"{path} {why}", innerException: failure);
        }

        if (length == 0)
        {
            throw new CommandException($"{path} is empty.");
        }

        if (head.AsSpan(0, length).StartsWith(Hdf5Signature))
        {
            throw new CommandException(
                $"{path} contains HDF5 weights, which do not name layer types.", $"Name the prototxt first: mtcnn inspect NET.prototxt {path}");
        }

        return !head.AsSpan(0, length).ContainsAnyInRange((byte)0, (byte)8);
    }
}
