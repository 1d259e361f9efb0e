using System.CommandLine;
using System.CommandLine.Parsing;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;
using Mtcnn.Training.Options;

namespace Mtcnn.Cli.Train;

/// <summary>The options for the contents of batches and the weights of the losses.</summary>
internal sealed class BatchArguments
{
    private readonly Option<int?> _size = new("--batch")
    {
        Description = "The number of crops per batch. Default: 64.",
        HelpName = "N",
        CustomParser = NumberArguments.Whole(minimum: 1),
    };

    private readonly Option<bool> _singleTask = new("--single-task")
    {
        Description = "Use batches like the reference: each has one task, chosen at random, instead of all tasks.",
    };

    private readonly Option<double[]?> _shares = Numbers("--shares", 4, "NEG,POS,PART,LANDMARK", "The proportions of negatives, positives, parts and landmark crops in a batch. Default: 3,1,1,1.");
    private readonly Option<double[]?> _lossWeights = Numbers("--loss-weights", 3, "FACE,BOX,LANDMARKS", "The weights of the losses. Default: 1,0.5,1.");
    private readonly Option<double?> _hardShare = Share("--hard-share", "Online hard example mining: the share of faces and non-faces that are used, those with the highest loss. Default: 1, all.");
    private readonly Option<bool> _noMirror = new("--no-mirror") { Description = "Do not mirror crops. By default, half of them are mirrored." };
    private readonly Option<double?> _brightness = Share("--brightness", "The maximum change of brightness, as a share of the range of pixel values. Default: 0.");
    private readonly Option<double?> _contrast = Share("--contrast", "The maximum change of contrast, as a share. Default: 0.");
    private readonly Option<double?> _colour = Share("--colour", "The maximum change of each colour channel, as a share. Default: 0.");
    private readonly Option<double?> _grey = Share("--grey", "The share of crops that are converted to grey. Default: 0.");
    private readonly Option<double?> _blur = Share("--blur", "The share of crops that are slightly blurred. Default: 0.");

    public void AddTo(Command command) =>
        command.With(_size, _singleTask, _shares, _lossWeights, _hardShare, _noMirror, _brightness, _contrast, _colour, _grey, _blur);

    public NetTrainingOptions Apply(ParseResult parseResult, NetTrainingOptions options)
    {
        double[] shares = parseResult.GetValue(_shares) is { Length: > 0 } given ? given : [3, 1, 1, 1];
        double[] weights = parseResult.GetValue(_lossWeights) is { Length: > 0 } factors ? factors : [1, 0.5, 1];
        return options with
        {
            BatchSize = parseResult.GetValue(_size) ?? options.BatchSize,
            Composition = parseResult.GetValue(_singleTask) ? BatchComposition.SingleTask : BatchComposition.Mixed,
            Shares = new() { Negatives = shares[0], Positives = shares[1], Parts = shares[2], Landmarks = shares[3] },
            LossWeights = new((float)weights[0], (float)weights[1], (float)weights[2]),
            HardShare = parseResult.GetValue(_hardShare) ?? options.HardShare,
            Augmentation = new()
            {
                Mirror = parseResult.GetValue(_noMirror) ? 0 : 0.5,
                Brightness = parseResult.GetValue(_brightness) ?? 0,
                Contrast = parseResult.GetValue(_contrast) ?? 0,
                Colour = parseResult.GetValue(_colour) ?? 0,
                Grey = parseResult.GetValue(_grey) ?? 0,
                Blur = parseResult.GetValue(_blur) ?? 0,
            },
        };
    }

    private static Option<double?> Share(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "F",
        CustomParser = NumberArguments.Number(maximum: 1),
    };

    private static Option<double[]?> Numbers(string name, int count, string form, string description) => new(name)
    {
        Description = description,
        HelpName = form,
        CustomParser = result => ParseNumbers(result, count, form),
    };

    private static double[]? ParseNumbers(ArgumentResult result, int count, string form)
    {
        string[] parts = result.Tokens[0].Value.Split(',');
        double[] numbers = new double[parts.Length];
        bool right = parts.Length == count;
        for (int part = 0; part < parts.Length; part++)
        {
            right &= NumberArguments.TryParse(parts[part], out numbers[part]) && numbers[part] >= 0;
        }

        if (right)
        {
            return numbers;
        }

        result.AddError($"{NumberArguments.NameOf(result)} must be {form}: {count} numbers of at least 0, separated by commas (got \"{result.Tokens[0].Value}\").");
        return null;
    }
}
