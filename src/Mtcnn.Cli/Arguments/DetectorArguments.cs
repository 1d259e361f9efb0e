using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CaffeSharp;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Cli.Terminal;
using Mtcnn.Detection;
using Mtcnn.Models;

namespace Mtcnn.Cli.Arguments;

/// <summary>The options that say how faces are looked for, for every command that does.</summary>
internal sealed class DetectorArguments
{
    private static readonly Dictionary<string, FaceSelection> Selections = new()
    {
        ["all"] = FaceSelection.All,
        ["largest"] = FaceSelection.Largest,
        ["most-probable"] = FaceSelection.MostProbable,
        ["most-central"] = FaceSelection.MostCentral,
    };

    private static readonly Dictionary<string, Engine> Engines = new()
    {
        ["caffe"] = Engine.Caffe,
        ["accelerated"] = Engine.Accelerated,
    };

    private static readonly FaceDetectorOptions Defaults = new();

    private readonly Option<string> _profile = new("--profile")
    {
        Description = "How the weights are run: as those who trained them published it (authors), or as the demo of mtcnn-caffe does, exactly.",
        HelpName = string.Join('|', CascadeProfile.All.Select(profile => profile.Name)),
        DefaultValueFactory = _ => Defaults.Profile.Name,
    };

    private readonly Option<bool> _refine = new("--refine")
    {
        Description = "Refine the landmarks with the fourth network.",
    };

    private readonly Option<double?> _minimumFace = new("--min-face")
    {
        Description = "Side of the smallest face to look for, in pixels. Larger is faster. Default: 20 (mtcnn-caffe: its own rule).",
        HelpName = "N",
        CustomParser = NumberArguments.Number("the side of a face in pixels", FaceDetectorOptions.LeastMinimumFace),
    };

    private readonly Option<double?> _maximumFace = new("--max-face")
    {
        Description = "Side of the largest face to look for, in pixels. Default: no limit.",
        HelpName = "N",
        CustomParser = NumberArguments.Number("the side of a face in pixels"),
    };

    private readonly Option<int?> _maximumFaces = new("--max-faces")
    {
        Description = "The most faces to give of an image, the most probable ones first. Default: no limit.",
        HelpName = "N",
        CustomParser = NumberArguments.Whole("a number of faces", minimum: 1),
    };

    private readonly Option<string> _selection = new("--select")
    {
        Description = "Give all faces, or one only.",
        HelpName = string.Join('|', Selections.Keys),
        DefaultValueFactory = _ => "all",
    };

    private readonly Option<double?> _factor = new("--factor")
    {
        Description = "Step from one level of the pyramid to the next, above 0 and up to 0.95. Default: 0.709.",
        HelpName = "F",
        CustomParser = NumberArguments.Number("a step of the pyramid", maximum: FaceDetectorOptions.LargestPyramidFactor),
    };

    private readonly Option<Thresholds?> _thresholds = new("--thresholds")
    {
        Description = "Probabilities a face needs to pass 12net, 24net and 48net, such as 0.6,0.7,0.7. Default: the profile's.",
        HelpName = "A,B,C",
        CustomParser = ParseThresholds,
    };

    private readonly DeviceArgument _device = new();

    private readonly Option<string> _engine = new("--engine")
    {
        Description = "What runs the networks' layers on the CPU: kernels of this library, or the original Caffe, slower and with its numbers bit for bit.",
        DefaultValueFactory = _ => Engines.First(engine => engine.Value == Defaults.Engine).Key,
    };

    private readonly ModelsArgument _models = new();

    public DetectorArguments()
    {
        _selection.AcceptOnlyFromAmong([.. Selections.Keys]);
        _engine.AcceptOnlyFromAmong([.. Engines.Keys]);
    }

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_profile);
        command.Add(_refine);
        command.Add(_minimumFace);
        command.Add(_maximumFace);
        command.Add(_maximumFaces);
        command.Add(_selection);
        command.Add(_factor);
        command.Add(_thresholds);
        command.Add(_models.Option);
        command.Add(_device.Option);
        command.Add(_engine);
    }

    /// <summary>
    /// The detector's options. Throws <see cref="CommandException"/> or <see cref="ArgumentException"/> for values that make
    /// no sense, and <see cref="ModelException"/> where the weights are not found.
    /// </summary>
    public FaceDetectorOptions Read(ParseResult parseResult)
    {
        double? minimumFace = parseResult.GetValue(_minimumFace);
        double? maximumFace = parseResult.GetValue(_maximumFace);
        if (maximumFace < minimumFace)
        {
            throw new CommandException(string.Create(
                CultureInfo.InvariantCulture, $"--max-face {maximumFace} is below --min-face {minimumFace}: no face is in between."));
        }

        return new FaceDetectorOptions
        {
            Profile = CascadeProfile.Parse(parseResult.GetRequiredValue(_profile)),
            RefineLandmarks = parseResult.GetValue(_refine),
            MinimumFace = minimumFace,
            MaximumFace = maximumFace,
            MaximumFaces = parseResult.GetValue(_maximumFaces),
            Selection = Selections[parseResult.GetRequiredValue(_selection)],
            PyramidFactor = parseResult.GetValue(_factor) ?? Defaults.PyramidFactor,
            Thresholds = parseResult.GetValue(_thresholds),
            Models = _models.Locate(parseResult, parseResult.GetValue(_refine)),
            Device = _device.Read(parseResult),
            Engine = Engines[parseResult.GetRequiredValue(_engine)],
        };
    }

    private static Thresholds? ParseThresholds(ArgumentResult result)
    {
        string[] parts = result.Tokens[0].Value.Split(',');
        double[] values = new double[parts.Length];
        for (int index = 0; index < parts.Length; index++)
        {
            if (!NumberArguments.TryParse(parts[index], out values[index]) || values[index] is < 0 or > 1)
            {
                values = [];
                break;
            }
        }

        if (values is [var proposal, var refinement, var output])
        {
            return new Thresholds(proposal, refinement, output);
        }

        result.AddError($"\"{result.Tokens[0].Value}\" are not thresholds: three numbers from 0 to 1 with commas between them are.");
        return null;
    }
}
