using System.CommandLine;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;
using Mtcnn.Detection;
using Mtcnn.Models;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Options;
using Mtcnn.Training.Preparation;

namespace Mtcnn.Cli.Prepare;

/// <summary>The arguments of `mtcnn prepare`.</summary>
internal static class PrepareCommand
{
    public static Command Create(CancellationToken stop)
    {
        TrainedNetArgument net = new("The network that the crops are for");
        Argument<string[]> sets = PathArguments.Create("Annotated photos: files or folders of the formats below.");
        Option<string> output = new("--out") { Description = "The folder to create. An interrupted preparation in this folder is resumed.", HelpName = "DIR", Required = true };
        Option<int?> seed = new("--seed")
        {
            Description = "The random seed. The same seed gives the same crops. Default: 1.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole(minimum: 0),
        };
        Option<int?> threads = new("--threads")
        {
            Description = "The number of photos processed at a time. Default: one per processor. It does not change the crops.",
            HelpName = "N",
            CustomParser = NumberArguments.Whole(minimum: 1, maximum: FaceDetectorOptions.LargestThreads),
        };
        ModelsArgument models = new();
        models.Option.Description = "The folder with the weights of the previous networks, for 24net and 48net. Default: the standard folders, see `mtcnn models --help`.";
        SetArguments rules = new();
        CropArguments crops = new();
        ExampleCommand command = new("prepare", "Cut training crops for a network from annotated photos.")
        {
            Notes =
            [
                $"""
                Annotation formats, detected from name and content:
                {string.Join('\n', AnnotationFormats.All.Select(format => $"  {format.Name,-7}{format.Description}"))}
                Photos that cannot be read and faces that cannot be used are reported at the end with file and line; the rest is cut.
                The same command continues where it was stopped. In the folder: the stores cls, roi and pts (LMDB), and prepared.json, written last.
                docs/training-data.md says more of the forms, the crops and every option.
                """,
            ],
            Examples =
            [
                ("mtcnn prepare 12net wider_face_train_bbx_gt.txt --images WIDER_train/images --out crops12", "Cut crops for 12net as the reference does."),
                ("mtcnn prepare 24net crowds.csv webfaces.csv --all-marked webfaces.csv --models trained --out crops24", "Cut hard examples with the 12net in the folder trained."),
                ("mtcnn prepare 48net faces5.csv --models trained --landmark-rotation 15 --out crops48", "Rotate landmark crops more."),
                ("mtcnn prepare landmarks faces5.csv --out patches", "Cut patches around landmarks, for the network that refines landmarks."),
            ],
        };
        command.Add(net.Argument);
        command.Add(sets);
        command.With(output, seed, threads, models.Option);
        rules.AddTo(command);
        crops.AddTo(command);
        command.SetAction((parseResult, _) => new PrepareRun(
            new CropPlan
            {
                Net = net.Read(parseResult),
                Weights = WeightsBefore(parseResult, net.Read(parseResult), models),
                Sources = rules.Read(parseResult, PathArguments.Read(parseResult, sets)),
                Folder = parseResult.GetRequiredValue(output),
                Seed = (ulong)(parseResult.GetValue(seed) ?? 1),
                Threads = parseResult.GetValue(threads),
                WithLandmarks = parseResult.GetValue(crops.Landmarks) ? true : null,
                Options = crops.Read(parseResult),
            },
            stop).RunAsync());
        return command;
    }

    private static IReadOnlyList<string> WeightsBefore(ParseResult parseResult, TrainedNet net, ModelsArgument models)
    {
        OriginalModel[] before = [.. ModelCatalog.Detection.Take(net.NetsBefore())];
        ModelLocator locator = models.Read(parseResult);
        return [.. before.Select(model => locator.Find(model) ?? throw new CommandException(
            $"The weights of {model} were not found in {string.Join(", ", locator.Folders)}. Hard examples are cut from the detections of the previous networks.",
            "Name the folder of the weights with --models."))];
    }
}
