using CaffeSharp.Messages;

namespace Mtcnn.Training.Options;

/// <summary>The solver of a training, one of Caffe's, and its learning rate. <see cref="Reference"/> is the solver of the reference.</summary>
public sealed record LearningOptions
{
    /// <summary>The options with which the reference trains 12net and 48net. For 24net, the reference uses a <see cref="StepSize"/> of 10,000.</summary>
    public static LearningOptions Reference { get; } = new()
    {
        Solver = "SGD",
        BaseRate = 1e-4f,
        Policy = LearningRatePolicy.Step,
        StepSize = 30_000,
        Gamma = 0.8f,
        WeightDecay = 0.004f,
    };

    /// <summary>The name of one of Caffe's solvers: SGD, Nesterov, AdaGrad, RMSProp, AdaDelta, Adam. The default is Adam.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public string Solver
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    } = "Adam";

    /// <summary>The initial learning rate. The default is 0.001.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public float BaseRate { get; init => field = Positive(value); } = 1e-3f;

    /// <summary>The policy by which the learning rate decreases.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such policy.</exception>
    public LearningRatePolicy Policy
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such policy.");
    } = LearningRatePolicy.MultiStep;

    /// <summary>The factor of the policies Step and MultiStep. The default is 0.1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public float Gamma { get; init => field = Positive(value); } = 0.1f;

    /// <summary>The number of iterations between two steps of the policy Step; 0 for a third of the training.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int StepSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The points at which the policy MultiStep decreases the rate, as shares of the training. The default is 0.6 and 0.85.</summary>
    /// <exception cref="ArgumentException">The values do not increase, or are not from 0 to 1.</exception>
    public IReadOnlyList<double> Steps
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Any(step => step is not (>= 0 and <= 1)) || value.Zip(value.Skip(1)).Any(pair => pair.Second <= pair.First))
            {
                throw new ArgumentException("Steps must be increasing shares of the training, from 0 to 1.", nameof(value));
            }

            field = [.. value];
        }
    } = [0.6, 0.85];

    /// <summary>The exponent of the policy Polynomial. The default is 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public float Power { get; init => field = Positive(value); } = 1;

    /// <summary>The momentum. The default is 0.9. AdaGrad and RMSProp do not use it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to below 1.</exception>
    public float Momentum
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The momentum must be from 0 to below 1.");
    } = 0.9f;

    /// <summary>The weight decay: the share of each weight that is added to its gradient. The default is 0.00004.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or NaN.</exception>
    public float WeightDecay
    {
        get;
        init => field = float.IsFinite(value) && value >= 0
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The weight decay must be at least 0.");
    } = 4e-5f;

    /// <summary>Sets the options in Caffe's solver definition.</summary>
    internal void WriteTo(SolverParameter solver, int iterations)
    {
        solver.Type = Solver;
        solver.BaseLr = BaseRate;
        // Caffe rejects a momentum for these solvers.
        solver.Momentum = Solver is "AdaGrad" or "RMSProp" ? 0 : Momentum;
        solver.WeightDecay = WeightDecay;
        switch (Policy)
        {
            case LearningRatePolicy.Step:
                solver.LrPolicy = "step";
                solver.Gamma = Gamma;
                solver.Stepsize = StepSize > 0 ? StepSize : Math.Max(1, iterations / 3);
                break;
            case LearningRatePolicy.MultiStep:
                solver.LrPolicy = "multistep";
                solver.Gamma = Gamma;
                solver.Stepvalue.AddRange(Steps.Select(share => (int)Math.Round(share * iterations)));
                break;
            case LearningRatePolicy.Polynomial:
                solver.LrPolicy = "poly";
                solver.Power = Power;
                break;
            default:
                solver.LrPolicy = "fixed";
                break;
        }
    }

    private static float Positive(float value) => float.IsFinite(value) && value > 0
        ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The value must be above 0.");
}
