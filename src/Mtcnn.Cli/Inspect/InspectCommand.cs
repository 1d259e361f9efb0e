using System.CommandLine;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Inspect;

/// <summary>The arguments of `mtcnn inspect`.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "A prototxt, or a caffemodel on its own." };
        Argument<string?> weights = new("WEIGHTS")
        {
            Description = "Weights for the prototxt, a caffemodel or HDF5. Lists the layers without weights in the file; the exit code is 1 if there are any.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        ExampleCommand command = new("inspect", "Show the layers, shapes, parameters and multiply-adds of a network.")
        {
            Notes =
            [
                """
                Multiply-adds are those of convolutions, deconvolutions and inner products, of one forward pass in the shapes shown. Layers
                of type Split are Caffe's own, where several layers read one blob.
                """,
            ],
            Examples =
            [
                ("mtcnn inspect 12net.prototxt", "Show the layers as Caffe creates them, with the shapes of their outputs."),
                ("mtcnn inspect 12net.prototxt 12net.caffemodel", "Also check whether the weights fit."),
                ("mtcnn inspect 12net.caffemodel", "Show the contents of a file of weights."),
            ],
        };
        command.Add(file);
        command.Add(weights);
        command.SetAction(parseResult => InspectRun.Run(parseResult.GetRequiredValue(file), parseResult.GetValue(weights)));
        return command;
    }
}
