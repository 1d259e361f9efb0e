using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CaffeSharp;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Cli.Terminal;
using Mtcnn.Detection;
using Mtcnn.Models;

namespace Mtcnn.Cli.Arguments;

/// <summary>The detection options, shared by every command that detects faces.</summary>
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
        Description = "The procedure for running the weights: the one that their authors published (authors), or exactly that of mtcnn-caffe's demo (mtcnn-caffe).",
        HelpName = string.Join('|', CascadeProfile.All.Select(profile => profile.Name)),
        DefaultValueFactory = _ => Defaults.Profile.Name,
    };

    private readonly Option<bool> _refine = new("--refine")
    {
        Description = "Refine the landmarks with the fourth network.",
    };

    private readonly Option<double?> _minimumFace = new("--min-face")
    {
        Description = "Side of the smallest face to detect, in pixels. Larger is faster. Default: 20 (profile mtcnn-caffe: computed by its rule).",
        HelpName = "N",
        CustomParser = NumberArguments.Number(FaceDetectorOptions.LeastMinimumFace),
    };

    private readonly Option<double?> _maximumFace = new("--max-face")
    {
        Description = "Side of the largest face to detect, in pixels. Default: no limit.",
        HelpName = "N",
        CustomParser = NumberArguments.Number(),
    };

    private readonly Option<int?> _maximumFaces = new("--max-faces")
    {
        Description = "The maximum number of faces per image. The most probable faces are kept. Default: no limit.",
        HelpName = "N",
        CustomParser = NumberArguments.Whole(minimum: 1),
    };

    private readonly Option<string> _selection = new("--select")
    {
        Description = "Return all faces, or only one.",
        HelpName = string.Join('|', Selections.Keys),
        DefaultValueFactory = _ => "all",
    };

    private readonly Option<double?> _factor = new("--factor")
    {
        Description = "The scale factor between two levels of the pyramid, above 0 and at most 0.95. Default: 0.709.",
        HelpName = "F",
        CustomParser = NumberArguments.Number(maximum: FaceDetectorOptions.LargestPyramidFactor),
    };

    private readonly Option<Thresholds?> _thresholds = new("--thresholds")
    {
        Description = "The minimum face probabilities of 12net, 24net and 48net, such as 0.6,0.7,0.7. Default: those of the profile.",
        HelpName = "A,B,C",
        CustomParser = ParseThresholds,
    };

    private readonly DeviceArgument _device = new();

    private readonly Option<string> _engine = new("--engine")
    {
        Description = "The implementation of the layers on the CPU: this library's kernels (accelerated), or the original Caffe (caffe), which is slower and gives Caffe's results bit for bit.",
        DefaultValueFactory = _ => Engines.First(engine => engine.Value == Defaults.Engine).Key,
    };

    private readonly ModelsArgument _models = new();

    public DetectorArguments()
    {
        _selection.AcceptOnlyFromAmong([.. Selections.Keys]);
        _engine.AcceptOnlyFromAmong([.. Engines.Keys]);
    }

    /// <summary>Adds all options to a command.</summary>
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
    /// Reads the detector's options. Throws <see cref="CommandException"/> or <see cref="ArgumentException"/> if values are
    /// invalid, and <see cref="ModelException"/> if the weights are not found.
    /// </summary>
    public FaceDetectorOptions Read(ParseResult parseResult)
    {
        double? minimumFace = parseResult.GetValue(_minimumFace);
        double? maximumFace = parseResult.GetValue(_maximumFace);
        if (maximumFace < minimumFace)
        {
            throw new CommandException(string.Create(
                CultureInfo.InvariantCulture, $"--max-face ({maximumFace}) must be at least --min-face ({minimumFace})."));
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

        result.AddError($"{NumberArguments.NameOf(result)} must be three numbers from 0 to 1, separated by commas (got \"{result.Tokens[0].Value}\").");
        return null;
    }
}
