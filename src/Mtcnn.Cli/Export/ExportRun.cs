using CaffeSharp;
using CaffeSharp.Onnx;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Export;

/// <summary>Runs `mtcnn export` with parsed arguments.</summary>
internal static class ExportRun
{
    public static int Run(string prototxt, string weights, string output, OnnxExportOptions options)
    {
        using Net net = Net.FromFile(prototxt);
        IReadOnlyList<string> missing = net.CopyFrom(weights).MissingLayers;
        if (missing.Count > 0)
        {
            throw new CommandException(
                $"{weights} has no weights for these layers of {prototxt}: {string.Join(", ", missing)}.",
                "Give the weights of this definition.");
        }

        OnnxExportReport report;
        try
        {
            report = net.ExportOnnx(output, options);
        }
        catch (KeyNotFoundException failure)
        {
            throw new CommandException(failure.Message, $"`mtcnn inspect {prototxt}` lists the blobs.", failure);
        }

        string dropped = report.DroppedLayers.Count > 0 ? $" Left out: {string.Join(", ", report.DroppedLayers)}." : string.Empty;
        ErrorReport.Line(
            $"Wrote {output}: inputs {string.Join(", ", report.Inputs)}; outputs {string.Join(", ", report.Outputs)}.{dropped}");
        return ExitCode.Success;
    }
}
