using System.CommandLine;
using System.CommandLine.Parsing;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;
using Mtcnn.Training.Options;

namespace Mtcnn.Cli.Train;

/// <summary>The options for the solver and its learning rate.</summary>
internal sealed class SolverArguments
{
    private static readonly Dictionary<string, LearningRatePolicy> s_policies = new()
    {
        ["multistep"] = LearningRatePolicy.MultiStep,
        ["step"] = LearningRatePolicy.Step,
        ["poly"] = LearningRatePolicy.Polynomial,
        ["fixed"] = LearningRatePolicy.Fixed,
    };

    private readonly Option<bool> _reference = new("--reference")
    {
        Description = "Train like the reference: SGD with the reference's learning rates, and batches of one task. Other options override parts of it.",
    };

    private readonly Option<string?> _solver = new("--solver")
    {
        Description = "One of Caffe's solvers: SGD, Nesterov, AdaGrad, RMSProp, AdaDelta, Adam. Default: Adam.",
        HelpName = "NAME",
    };

    private readonly Option<double?> _rate = Number("--rate", "The initial learning rate. Default: 0.001.");
    private readonly Option<string?> _policy = new("--policy")
    {
        Description = "The policy by which the learning rate decreases. Default: multistep.",
        HelpName = string.Join('|', s_policies.Keys),
    };

    private readonly Option<double[]?> _steps = new("--steps")
    {
        Description = "The points at which the policy multistep decreases the rate, as shares of the training. Default: 0.6,0.85.",
        HelpName = "F,F,...",
        CustomParser = ParseSteps,
    };

    private readonly Option<int?> _stepSize = new("--step-size")
    {
        Description = "The number of batches between two steps of the policy step. Default: a third of the training.",
        HelpName = "N",
        CustomParser = NumberArguments.Whole(minimum: 1),
    };

    private readonly Option<double?> _gamma = Number("--gamma", "The factor by which each step multiplies the rate. Default: 0.1.");
    private readonly Option<double?> _power = Number("--power", "The exponent of the policy poly. Default: 1.");
    private readonly Option<double?> _momentum = new("--momentum")
    {
        Description = "The momentum. AdaGrad and RMSProp do not use it. Default: 0.9.",
        HelpName = "F",
        CustomParser = NumberArguments.Number(maximum: 0.9999),
    };

    private readonly Option<double?> _decay = Number("--weight-decay", "The weight decay: the share of a weight that is added to its gradient. Default: 0.00004.");

    public SolverArguments() => _policy.AcceptOnlyFromAmong([.. s_policies.Keys]);

    public void AddTo(Command command) =>
        command.With(_reference, _solver, _rate, _policy, _steps, _stepSize, _gamma, _power, _momentum, _decay);

    public NetTrainingOptions Apply(ParseResult parseResult, NetTrainingOptions options)
    {
        bool reference = parseResult.GetValue(_reference);
        LearningOptions start = reference ? LearningOptions.Reference : options.Learning;
        return options with
        {
            Composition = reference ? BatchComposition.SingleTask : options.Composition,
            Learning = start with
            {
                Solver = parseResult.GetValue(_solver) ?? start.Solver,
                BaseRate = (float?)parseResult.GetValue(_rate) ?? start.BaseRate,
                Policy = parseResult.GetValue(_policy) is { } policy ? s_policies[policy] : start.Policy,
                Steps = parseResult.GetValue(_steps) is { Length: > 0 } steps ? steps : start.Steps,
                StepSize = parseResult.GetValue(_stepSize) ?? start.StepSize,
                Gamma = (float?)parseResult.GetValue(_gamma) ?? start.Gamma,
                Power = (float?)parseResult.GetValue(_power) ?? start.Power,
                Momentum = (float?)parseResult.GetValue(_momentum) ?? start.Momentum,
                WeightDecay = (float?)parseResult.GetValue(_decay) ?? start.WeightDecay,
            },
        };
    }

    private static Option<double?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "F",
        CustomParser = NumberArguments.Number(),
    };

    private static double[]? ParseSteps(ArgumentResult result)
    {
        string[] parts = result.Tokens[0].Value.Split(',');
        double[] steps = new double[parts.Length];
        for (int step = 0; step < parts.Length; step++)
        {
            if (!NumberArguments.TryParse(parts[step], out steps[step]) || steps[step] > 1 || steps[step] <= (step == 0 ? 0 : steps[step - 1]))
            {
                result.AddError($"{NumberArguments.NameOf(result)} must be increasing shares of the training, separated by commas, such as 0.6,0.85 (got \"{result.Tokens[0].Value}\").");
                return null;
            }
        }

        return steps;
    }
}
