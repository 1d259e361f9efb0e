using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>How a net is made from its definition, and where it runs.</summary>
public sealed record NetOptions
{
    private readonly IReadOnlyList<string> _stages = [];

    /// <summary>The phase; <see cref="Phase.Test"/> unless said otherwise.</summary>
    public Phase Phase
    {
        get;
        init => field = value is Phase.Train or Phase.Test
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There are the phases Train and Test.");
    } = Phase.Test;

    /// <summary>The level that include and exclude rules of layers are held against.</summary>
    public int Level { get; init; }

    /// <summary>The stages that include and exclude rules of layers are held against.</summary>
    /// <exception cref="ArgumentException">One is null or holds a zero character.</exception>
    public IReadOnlyList<string> Stages
    {
        get => _stages;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _stages = [.. value.Select(stage => NativeText.Checked(stage, nameof(value)))];
        }
    }

    /// <summary>Where the net runs, whatever thread calls; <see cref="Device.Cpu"/> unless said otherwise.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>With a seed, fillers and dropout draw from a random stream of the net's own, the same on any thread and in
    /// any run. Null, the default, is Caffe's own random seed.</summary>
    public uint? Seed { get; init; }
}
