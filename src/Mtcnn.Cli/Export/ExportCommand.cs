using System.CommandLine;
using CaffeSharp.Onnx;
using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Export;

/// <summary>The arguments of `mtcnn export`.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Argument<string> prototxt = new("NET") { Description = "The network's definition, a prototxt." };
        Argument<string> weights = new("WEIGHTS") { Description = "Its weights, a caffemodel or HDF5." };
        Option<string> output = new("--output", "-o")
        {
            Description = "The file to write.",
            HelpName = "FILE.onnx",
            Required = true,
        };
        Option<string[]> blobs = new("--blob")
        {
            Description = "A blob that is an output of the model. Can be repeated. Default: the blobs that no layer reads.",
            HelpName = "NAME",
        };
        Option<bool> anySize = new("--any-size")
        {
            Description = "Accept images of any height and width. Only for networks of convolutions and poolings.",
        };
        Option<bool> fixedBatch = new("--fixed-batch")
        {
            Description = "Use the batch size of the definition, instead of any batch size.",
        };
        ExampleCommand command = new("export", "Write a network with its weights as an ONNX model.")
        {
            Notes =
            [
                """
                The model takes what the Caffe network takes: pixels in the same order, layout and scale. Losses and accuracies are left out.
                A layer that ONNX has no counterpart of is named; --blob exports the network up to it.
                """,
            ],
            Examples =
            [
                ("mtcnn export 12net.prototxt 12net.caffemodel -o 12net.onnx --any-size", "Export the first network, for images of any size."),
                ("mtcnn export 48net.prototxt 48net.caffemodel -o 48net.onnx", "Export the third network, for any number of faces."),
            ],
        };
        command.Add(prototxt);
        command.Add(weights);
        command.With(output, blobs, anySize, fixedBatch);
        command.SetAction(parseResult =>
        {
            OnnxExportOptions options = new()
            {
                Outputs = parseResult.GetValue(blobs) ?? [],
                DynamicSize = parseResult.GetValue(anySize),
                DynamicBatch = !parseResult.GetValue(fixedBatch),
            };
            return ExportRun.Run(
                parseResult.GetRequiredValue(prototxt), parseResult.GetRequiredValue(weights), parseResult.GetRequiredValue(output), options);
        });
        return command;
    }
}
