namespace CaffeSharp;

/// <summary>Where the nets of a solver run, and what runs their layers.</summary>
public sealed record SolverOptions
{
    /// <summary>Where the nets run; <see cref="Device.Cpu"/> unless said otherwise.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>What runs the layers; <see cref="Engine.Caffe"/> unless said otherwise. <see cref="Engine.Accelerated"/> trains
    /// several times faster; its gradients agree with Caffe's to rounding, and do not depend on the number of threads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not an engine.</exception>
    public Engine Engine
    {
        get;
        init => field = new NetOptions { Engine = value }.Engine;
    } = Engine.Caffe;

    /// <summary>As <see cref="NetOptions.EngineThreads"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? EngineThreads
    {
        get;
        init => field = new NetOptions { EngineThreads = value }.EngineThreads;
    }

    /// <summary>As <see cref="NetOptions.HighestInstructionSet"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not an instruction set.</exception>
    public InstructionSet HighestInstructionSet
    {
        get;
        init => field = new NetOptions { HighestInstructionSet = value }.HighestInstructionSet;
    } = InstructionSet.Avx512;

    internal NetOptions ForNets() => new()
    {
        Device = Device,
        Engine = Engine,
        EngineThreads = EngineThreads,
        HighestInstructionSet = HighestInstructionSet,
    };
}
