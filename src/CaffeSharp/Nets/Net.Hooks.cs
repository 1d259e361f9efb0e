using CaffeSharp.Interop;

namespace CaffeSharp;

/// <content>Hooks: code of the caller's around each layer of a run, those of a solver's steps among them.</content>
public sealed partial class Net
{
    private readonly Lock _makingHooks = new();

    /// <summary>Calls a hook before each layer runs forward. Hooks run in the order in which they were added, on the thread
    /// that runs the net, and may read and write its blobs; running or reshaping the net in one is refused
    /// (<see cref="CaffeErrorKind.Busy"/>). What a hook throws ends the run and comes out of it as itself, with the layer's
    /// name in its <see cref="Exception.Data"/> under <see cref="ManagedLayer.FailedLayerKey"/>; the net stays usable.</summary>
    /// <param name="hook">The hook, which is given the layer.</param>
    /// <returns>Takes the hook away when it is disposed. Hooks may be added and taken away on any thread and at any time, in
    /// a hook too; they end with the net.</returns>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public IDisposable BeforeForward(Action<Layer> hook) => AddHook(HookMoment.BeforeForward, hook);

    /// <summary>Calls a hook after each layer ran forward, with its tops there; else as <see cref="BeforeForward"/>.</summary>
    /// <param name="hook">The hook, which is given the layer.</param>
    /// <returns>Takes the hook away when it is disposed.</returns>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public IDisposable AfterForward(Action<Layer> hook) => AddHook(HookMoment.AfterForward, hook);

    /// <summary>Calls a hook before each layer's turn backward, also of layers that no gradient goes through; else as
    /// <see cref="BeforeForward"/>.</summary>
    /// <param name="hook">The hook, which is given the layer.</param>
    /// <returns>Takes the hook away when it is disposed.</returns>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public IDisposable BeforeBackward(Action<Layer> hook) => AddHook(HookMoment.BeforeBackward, hook);

    /// <summary>Calls a hook after each layer's turn backward, with the diffs of its bottoms and parameters there; else as
    /// <see cref="BeforeBackward"/>.</summary>
    /// <param name="hook">The hook, which is given the layer.</param>
    /// <returns>Takes the hook away when it is disposed.</returns>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public IDisposable AfterBackward(Action<Layer> hook) => AddHook(HookMoment.AfterBackward, hook);

    private IDisposable AddHook(HookMoment moment, Action<Layer> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        NamedList<Layer> layers = Layers;
        lock (_makingHooks)
        {
            Handle.Hooks ??= new NetHooks(Handle, layers);
        }

        return ((NetHooks)Handle.Hooks).Add(moment, hook);
    }
}
