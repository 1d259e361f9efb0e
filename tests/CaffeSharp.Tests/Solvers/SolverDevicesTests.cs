using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Solvers;

/// <summary>Several GPUs, which this library's builds do not join.</summary>
public sealed class SolverDevicesTests : LeakGate
{
    [Fact]
    public void One_device_is_as_without_a_list()
    {
        using Training training = new("base_lr: 0.05 lr_policy: 'fixed'");
        using Solver solver = training.Fed(Solver.FromFile(training.Solver, [Device.Cpu]));
        solver.Step(1);
        Assert.Equal(1, solver.Iteration);
    }

    [Fact]
    public void Several_devices_are_unsupported_and_the_message_says_what_lacks()
    {
        Assert.False(CaffeRuntime.BuildInfo.HasNccl);
        CaffeException error = Assert.Throws<CaffeException>(
            () => Solver.FromFile("solver.prototxt", [Device.Gpu(0), Device.Gpu(1)]));
        Assert.Equal(CaffeErrorKind.Unsupported, error.Kind);
        Assert.Contains("gpu:0, gpu:1", error.Message, StringComparison.Ordinal);
        Assert.Contains("NCCL", error.Message, StringComparison.Ordinal);
        Assert.Contains("iter_size", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_that_cannot_be_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Solver.FromFile("solver.prototxt", []));
        Assert.Throws<ArgumentException>(() => Solver.FromFile("solver.prototxt", [Device.Gpu(1), Device.Gpu(1)]));
        Assert.Throws<ArgumentException>(() => Solver.FromFile("solver.prototxt", [Device.Cpu, Device.Gpu()]));
        Assert.Throws<ArgumentNullException>(() => Solver.FromFile("solver.prototxt", (IReadOnlyList<Device>)null!));
    }
}
