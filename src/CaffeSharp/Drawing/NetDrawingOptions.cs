namespace CaffeSharp;

/// <summary>What of a net is drawn, and how.</summary>
public sealed record NetDrawingOptions
{
    private readonly IReadOnlyList<string> _stages = [];

    /// <summary>The phase whose layers are drawn; null, the default, draws the layers of all phases, with rules that name a
    /// phase, level or stage in words. A loaded net has its own phase, whatever this says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a phase.</exception>
    public Phase? Phase
    {
        get;
        init => field = value is null or CaffeSharp.Phase.Train or CaffeSharp.Phase.Test
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There are the phases Train and Test.");
    }

    /// <summary>The level that include and exclude rules are held against; it counts where there is a
    /// <see cref="Phase"/>.</summary>
    public int Level { get; init; }

    /// <summary>The stages that include and exclude rules are held against; they count where there is a
    /// <see cref="Phase"/>.</summary>
    public IReadOnlyList<string> Stages
    {
        get => _stages;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _stages = [.. value];
        }
    }

    /// <summary>Which way the layers run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a direction.</exception>
    public DrawingDirection Direction
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such direction.");
    }

    /// <summary>Whether the multipliers of the learning rate stand at layers with weights, where one is not 0.</summary>
    public bool ShowLearningRates { get; init; }
}
