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

    /// <summary>What runs the layers; <see cref="Engine.Caffe"/> unless said otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not an engine.</exception>
    public Engine Engine
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There are the engines Caffe and Accelerated.");
    } = Engine.Caffe;

    /// <summary>Threads that one pass of <see cref="Engine.Accelerated"/> uses at most, the caller's among them; null, the
    /// default, for <see cref="CaffeRuntime.Threads"/>. All nets of the process share the others, and no more compute at a time than that;
    /// the numbers do not depend on them. The original engine's are <see cref="CaffeRuntime.BlasThreads"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? EngineThreads
    {
        get;
        init
        {
            if (value is { } threads)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(value));
            }

            field = value;
        }
    }

    /// <summary>The highest instruction set that <see cref="Engine.Accelerated"/> may use; where the processor lacks it, the
    /// best it has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not an instruction set.</exception>
    public InstructionSet HighestInstructionSet
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There are the instruction sets Baseline, Avx2 and Avx512.");
    } = InstructionSet.Avx512;
}
