using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using CaffeSharp.Interop;
using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>Trains a net by one of Caffe's solvers: SGD, Nesterov, AdaGrad, RMSProp, AdaDelta, Adam, or one that the Caffe
/// that was built adds. It and its nets may be used from any thread, by one at a time. Dispose it when done: its nets end
/// with it. The update rules, learning rate policies, clipping, weight decay and files are Caffe's own; the order of an
/// iteration is Caffe's Solver::Step, followed here, so that events may do with the nets what they like, an exception in
/// them comes out as itself, and a run can be stopped between two layers.</summary>
[DebuggerDisplay("{Type}, iteration {Iteration}")]
[SuppressMessage("Reliability", "CA2000", Justification = "The nets that are made of handles belong to the solver.")]
public sealed partial class Solver : IDisposable
{
    private readonly SolverHandle _handle;
    private readonly SolverParameter _parameter;
    private readonly Net _net;
    private readonly Net[] _testNets;
    private readonly string _display;
    private float _baseLearningRate;

    private Solver(SolverHandle handle, NetOptions options, string? path)
    {
        _handle = handle;
        _display = path ?? "<solver>";
        List<Net> nets = [];
        try
        {
            SolverNative.caffe_solver_parameter(handle, out MessageHandle parameter).ThrowIfFailed();
            using (NativeMessage message = new(parameter))
            {
                _parameter = message.Managed<SolverParameter>(_display);
            }

            _baseLearningRate = _parameter.BaseLr;
            SolverNative.caffe_solver_net(handle, out NetHandle net).ThrowIfFailed();
            nets.Add(new Net(net, options));
            SolverNative.caffe_solver_test_net_count(handle, out int testNets).ThrowIfFailed();
            for (int index = 0; index < testNets; index++)
            {
                SolverNative.caffe_solver_test_net(handle, index, out NetHandle testNet).ThrowIfFailed();
                nets.Add(new Net(testNet, options));
            }
        }
        catch
        {
            nets.ForEach(net => net.Dispose());
            handle.Dispose();
            throw;
        }

        _net = nets[0];
        _testNets = [.. nets.Skip(1)];
    }

    /// <summary>Raised when an iteration begins: after the tests that are due, before the first forward pass. The gradients
    /// are 0. An exception ends the run and leaves it as itself.</summary>
    public event EventHandler? IterationStarting;

    /// <summary>Raised when the gradients of an iteration are there, before the weights are updated by them. An exception
    /// ends the run and leaves it as itself; the weights are not updated.</summary>
    public event EventHandler? GradientsReady;

    /// <summary>The kind: "SGD", "Adam", ...</summary>
    public string Type => _parameter.Type;

    /// <summary>The net that is trained. It is disposed with the solver.</summary>
    public Net Net => _net;

    /// <summary>The nets that it is tested with, in Caffe's order. A test gives them the weights of <see cref="Net"/>. They
    /// are disposed with the solver.</summary>
    public IReadOnlyList<Net> TestNets => _testNets;

    /// <summary>How many times the weights were updated.</summary>
    /// <exception cref="ObjectDisposedException">The solver is disposed.</exception>
    public int Iteration
    {
        get
        {
            SolverNative.caffe_solver_iteration(Handle, out int iteration).ThrowIfFailed();
            return iteration;
        }
    }

    /// <summary>The rate of the next update, by the policy, before each parameter's own factor.</summary>
    /// <exception cref="CaffeException">Another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The solver is disposed.</exception>
    public float LearningRate
    {
        get
        {
            SolverNative.caffe_solver_learning_rate(Handle, out float rate).ThrowIfFailed();
            return rate;
        }
    }

    /// <summary>The rate that the policy starts from, <c>base_lr</c>. It may be set at any time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a finite number.</exception>
    /// <exception cref="CaffeException">Another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The solver is disposed.</exception>
    public float BaseLearningRate
    {
        get => _baseLearningRate;
        set
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "A learning rate is a finite number.");
            }

            SolverNative.caffe_solver_set_base_learning_rate(Handle, value).ThrowIfFailed();
            _baseLearningRate = value;
        }
    }

    /// <summary>Whether it was disposed.</summary>
    public bool IsDisposed => _handle.IsClosed;

    private SolverHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return _handle;
        }
    }

    /// <summary>Makes a solver from its prototxt. The paths in it are seen from the file's folder. Without snapshot_prefix,
    /// snapshots go beside the file, under its name.</summary>
    /// <param name="path">The solver's prototxt.</param>
    /// <param name="device">Where its nets run. As in pycaffe, solver_mode is not read.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">The file, or that of a net, is missing or is not a prototxt (with line and column); a
    /// number in it is out of its range; a net cannot be made (with the layer); snapshots are required and cannot be
    /// written.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static Solver FromFile(string path, Device device = default) =>
        FromParameter(Prototxt.ReadFile<SolverParameter>(path), device, path);

    /// <summary>Makes a solver from a definition in memory.</summary>
    /// <param name="prototxt">The definition, in prototxt syntax.</param>
    /// <param name="device">Where its nets run.</param>
    /// <param name="path">The file that the text stands for: paths are seen from its folder, and messages name it. It need
    /// not exist. Null for the current folder.</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    /// <exception cref="CaffeException">As for a file.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static Solver FromText(string prototxt, Device device = default, string? path = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prototxt);
        return FromParameter(Prototxt.Parse<SolverParameter>(prototxt, path), device, path);
    }

    /// <summary>Makes a solver from a message of any age.</summary>
    /// <param name="parameter">The definition, which stays as it is.</param>
    /// <param name="device">Where its nets run.</param>
    /// <param name="path">The file that it stands for, as for a text.</param>
    /// <exception cref="ArgumentException">A required field is not set.</exception>
    /// <exception cref="CaffeException">As for a file.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static Solver FromParameter(SolverParameter parameter, Device device = default, string? path = null) =>
        FromParameter(parameter, new SolverOptions { Device = device }, path);

    /// <summary>Makes a solver from its prototxt.</summary>
    /// <param name="path">The solver's prototxt.</param>
    /// <param name="options">Where and by what its nets run.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">As for a file and a device.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static Solver FromFile(string path, SolverOptions options) =>
        FromParameter(Prototxt.ReadFile<SolverParameter>(path), options, path);

    /// <summary>Makes a solver from a message of any age.</summary>
    /// <param name="parameter">The definition, which stays as it is.</param>
    /// <param name="options">Where and by what its nets run.</param>
    /// <param name="path">The file that it stands for, as for a text.</param>
    /// <exception cref="ArgumentException">A required field is not set.</exception>
    /// <exception cref="CaffeException">As for a file.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static Solver FromParameter(SolverParameter parameter, SolverOptions options, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Device device = options.Device;
        string? checkedPath = path is null ? null : NativeText.CheckedPath(path);
        using NativeMessage message = NativeMessage.Of(parameter, checkedPath);
        int mode = (int)(device.IsGpu ? CaffeMode.Gpu : CaffeMode.Cpu);
        SolverNative.caffe_solver_create(message.Handle, checkedPath, mode, device.Index, out SolverHandle handle)
            .ThrowIfFailed();
        return new(handle, options.ForNets(), checkedPath);
    }

    /// <summary>The definition it was made from, in today's syntax and with absolute paths; a copy.</summary>
    public SolverParameter ToParameter() => _parameter.Clone();

    /// <summary>Updates the weights by the gradients that are in the net, whoever put them there; the next iteration
    /// begins.</summary>
    /// <exception cref="CaffeException">Caffe refused, or another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The solver is disposed.</exception>
    public void ApplyUpdate() => SolverNative.caffe_solver_apply_update(Handle).ThrowIfFailed();

    /// <summary>Seeds the random stream of its nets again, as <c>random_seed</c> does when it is made. With its own seed for every
    /// iteration, a run that is restored from a snapshot drops out the same units as one that went through.</summary>
    /// <param name="seed">The seed.</param>
    /// <exception cref="CaffeException">Another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The solver is disposed.</exception>
    public void SetRandomSeed(uint seed) => SolverNative.caffe_solver_set_random_seed(Handle, seed).ThrowIfFailed();

    /// <summary>Lets another net use the weights of <see cref="Net"/>, layer by name: <c>share_weights</c> of
    /// pycaffe.</summary>
    /// <param name="other">The other net, whose layers of the same name have the same shapes.</param>
    /// <exception cref="ArgumentException">It is the solver's net itself.</exception>
    /// <exception cref="CaffeException">Shapes differ (with the layer), or another thread is inside one of the nets.</exception>
    /// <exception cref="ObjectDisposedException">The solver or the net is disposed.</exception>
    public void ShareWeights(Net other)
    {
        ArgumentNullException.ThrowIfNull(other);
        other.ShareWith(_net);
    }

    /// <summary>Frees the solver and its nets. May be called more than once.</summary>
    public void Dispose()
    {
        _net.Dispose();
        Array.ForEach(_testNets, net => net.Dispose());
        _handle.Dispose();
    }
}
