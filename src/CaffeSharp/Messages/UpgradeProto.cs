using CaffeSharp.Interop;
using CaffeSharp.Messages;
using Google.Protobuf;

namespace CaffeSharp;

/// <summary>Brings messages of older Caffes to today's form, by Caffe's own upgrades; nets and solvers that are made from
/// files do this by themselves. What is up to date already stays as it is. All members may be called from any thread.</summary>
public static class UpgradeProto
{
    /// <summary>Upgrades a net: V0 and V1 layers become layers with a type by name, padding layers a convolution's own
    /// padding, data transformations transform_param, input fields Input layers; batch norms lose their outdated
    /// parameters. Weights go along.</summary>
    /// <param name="parameter">The net, which stays as it is.</param>
    /// <returns>The upgraded net.</returns>
    /// <exception cref="ArgumentException">A required field is not set.</exception>
    /// <exception cref="CaffeException">Something in it has no counterpart today; the log says what.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static NetParameter Net(NetParameter parameter) => Upgraded(parameter);

    /// <summary>Upgrades a solver: the numbered solver_type becomes a type by name.</summary>
    /// <param name="parameter">The solver, which stays as it is.</param>
    /// <returns>The upgraded solver.</returns>
    /// <exception cref="ArgumentException">A required field is not set.</exception>
    /// <exception cref="CaffeException">Something in it has no counterpart today; the log says what.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static SolverParameter Solver(SolverParameter parameter) => Upgraded(parameter);

    private static T Upgraded<T>(T parameter)
        where T : IMessage<T>, new()
    {
        ArgumentNullException.ThrowIfNull(parameter);
        string name = $"<{parameter.Descriptor.Name}>";
        using NativeMessage native = NativeMessage.Of(parameter, name);
        MessageNative.caffe_message_upgrade(native.Handle, out int complete).ThrowIfFailed();
        return complete != 0
            ? native.Managed<T>(name)
            : throw new CaffeException($"{name}: something in it has no counterpart in today's Caffe; the log says what.")
            {
                Kind = CaffeErrorKind.Format,
            };
    }
}
