using CaffeSharp.Messages;

namespace Mtcnn.Training.Options;

/// <summary>The solver of a training: one of Caffe's, and its learning rate. The reference's is <see cref="Reference"/>.</summary>
public sealed record LearningOptions
{
    /// <summary>What the reference trains 12net and 48net with; its 24net takes a <see cref="StepSize"/> of 10,000.</summary>
    public static LearningOptions Reference { get; } = new()
    {
        Solver = "SGD",
        BaseRate = 1e-4f,
        Policy = LearningRatePolicy.Step,
        StepSize = 30_000,
        Gamma = 0.8f,
        WeightDecay = 0.004f,
    };

    /// <summary>The name of one of Caffe's solvers: SGD, Nesterov, AdaGrad, RMSProp, AdaDelta, Adam; Adam unless said otherwise.</summary>
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

    /// <summary>The learning rate at the beginning; 0.001 unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public float BaseRate { get; init => field = Positive(value); } = 1e-3f;

    /// <summary>How it goes down.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such policy.</exception>
    public LearningRatePolicy Policy
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such policy.");
    } = LearningRatePolicy.MultiStep;

    /// <summary>The factor of the policies Step and MultiStep; 0.1 unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public float Gamma { get; init => field = Positive(value); } = 0.1f;

    /// <summary>The iterations between two steps, of the policy Step; 0 for a third of the training.</summary>
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

    /// <summary>When the rate goes down, of the policy MultiStep, as shares of the training; after 0.6 and 0.85 of it unless said otherwise.</summary>
    /// <exception cref="ArgumentException">They do not rise, or leave 0 to 1.</exception>
    public IReadOnlyList<double> Steps
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Any(step => step is not (>= 0 and <= 1)) || value.Zip(value.Skip(1)).Any(pair => pair.Second <= pair.First))
            {
                throw new ArgumentException("Steps are shares of the training, from 0 to 1, each larger than the one before.", nameof(value));
            }

            field = [.. value];
        }
    } = [0.6, 0.85];

    /// <summary>The power of the policy Polynomial; 1 unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public float Power { get; init => field = Positive(value); } = 1;

    /// <summary>The momentum; 0.9 unless said otherwise. AdaGrad and RMSProp have none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to below 1.</exception>
    public float Momentum
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A momentum is from 0 to below 1.");
    } = 0.9f;

    /// <summary>How much of each weight is added to its gradient; 0.00004 unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or no number.</exception>
    public float WeightDecay
    {
        get;
        init => field = float.IsFinite(value) && value >= 0
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A weight decay is 0 or more.");
    } = 4e-5f;

    /// <summary>Tells Caffe.</summary>
    internal void WriteTo(SolverParameter solver, int iterations)
    {
        solver.Type = Solver;
        solver.BaseLr = BaseRate;
        // Caffe refuses to give these one.
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
        ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "It is above 0.");
}
