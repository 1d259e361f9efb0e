using CaffeSharp;
using CaffeSharp.Messages;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.DrawNet;

/// <summary>Runs `mtcnn draw-net` with parsed arguments.</summary>
internal static class DrawNetRun
{
    public static async Task<int> RunAsync(
        string prototxt, string output, NetDrawingOptions options, bool withShapes, CancellationToken stop)
    {
        NetDrawing.FormatOf(output);
        if (withShapes)
        {
            // A loaded net has one phase.
            NetOptions netOptions = new() { Phase = options.Phase ?? CaffeSharp.Phase.Test, Stages = options.Stages };
            using Net net = Net.FromFile(prototxt, netOptions);
            await NetDrawing.DrawFileAsync(net, output, options, stop).ConfigureAwait(false);
        }
        else
        {
            NetParameter net = Prototxt.ReadFile<NetParameter>(prototxt);
            await NetDrawing.DrawFileAsync(net, output, options, stop).ConfigureAwait(false);
        }

        ErrorReport.Line($"Wrote {output}");
        return ExitCode.Success;
    }
}
