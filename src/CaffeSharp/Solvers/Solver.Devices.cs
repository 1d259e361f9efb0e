namespace CaffeSharp;

/// <content>Several GPUs.</content>
public sealed partial class Solver
{
    /// <summary>Makes a solver from its prototxt that trains on the devices together, each on its own batches. Caffe does so
    /// through NVIDIA's NCCL (<c>caffe.NCCL</c> of pycaffe, <c>--gpu 0,1</c> of caffe train), which this library does not
    /// build with: more than one device is refused. Solvers of one device each may train different nets at the same
    /// time.</summary>
    /// <param name="path">The solver's prototxt.</param>
    /// <param name="devices">The devices, each once.</param>
    /// <exception cref="ArgumentException">There is no device, the same twice, or the CPU beside another.</exception>
    /// <exception cref="CaffeException">There are several devices (<see cref="CaffeErrorKind.Unsupported"/>); or as for one
    /// device.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static Solver FromFile(string path, IReadOnlyList<Device> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        string names = string.Join(", ", devices);
        if (devices.Count == 0 || devices.Distinct().Count() < devices.Count)
        {
            throw new ArgumentException($"A solver trains on one device or several different ones, not on [{names}].", nameof(devices));
        }

        if (devices.Count > 1 && devices.Any(device => !device.IsGpu))
        {
            throw new ArgumentException($"The CPU does not train together with a GPU: {names}.", nameof(devices));
        }

        return devices.Count == 1 ? FromFile(path, devices[0]) : throw WithoutNccl(names);
    }

    private static CaffeException WithoutNccl(string names)
    {
        CaffeBuildInfo build = CaffeRuntime.BuildInfo;
        string lacks = build.HasCuda ? "without NCCL, which joins GPUs" : "for the CPU alone, without CUDA and NCCL";
        return new($"Training on {names} together is not possible: this Caffe is built {lacks}. Train on one device; to see " +
            "as many examples an iteration, raise iter_size.")
        {
            Kind = CaffeErrorKind.Unsupported,
        };
    }
}
