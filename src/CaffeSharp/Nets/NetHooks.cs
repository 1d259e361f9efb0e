using System.Runtime.InteropServices;
using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>What is called around the layers of one net. Hooks may be added and removed on any thread, also while the net runs; Caffe
/// calls back for a moment only while there is a hook for it.</summary>
internal sealed class NetHooks : IDisposable
{
    private readonly Lock _changing = new();
    private readonly NetHandle _net;
    private readonly NamedList<Layer> _layers;

    // By moment, in the order in which they came. The arrays do not change.
    private readonly Registration[][] _hooks = [[], [], [], []];

    // Weak: the net's handle owns this, and frees it after the net.
    private GCHandle _self;

    internal NetHooks(NetHandle net, NamedList<Layer> layers)
    {
        _net = net;
        _layers = layers;
        _self = GCHandle.Alloc(this, GCHandleType.Weak);
    }

    internal IDisposable Add(HookMoment moment, Action<Layer> hook)
    {
        Registration added = new(this, moment, hook);
        lock (_changing)
        {
            Change(moment, [.. _hooks[(int)moment], added]);
        }

        return added;
    }

    internal void Run(HookMoment moment, int layer)
    {
        foreach (Registration registration in Volatile.Read(ref _hooks[(int)moment]))
        {
            registration.Hook(_layers[layer]);
        }
    }

    internal string LayerName(int layer) => _layers[layer].Name;

    public void Dispose() => _self.Free();

    private void Remove(Registration removed)
    {
        lock (_changing)
        {
            try
            {
                Change(removed.Moment, [.. _hooks[(int)removed.Moment].Where(hook => hook != removed)]);
            }
            catch (ObjectDisposedException)
            {
                // The net is gone, and its hooks with it.
            }
        }
    }

    private void Change(HookMoment moment, Registration[] hooks)
    {
        bool wasSet = _hooks[(int)moment].Length > 0;
        Volatile.Write(ref _hooks[(int)moment], hooks);
        if (wasSet != hooks.Length > 0)
        {
            NetHookBridge.Set(_net, moment, hooks.Length > 0, _self);
        }
    }

    private sealed class Registration(NetHooks owner, HookMoment moment, Action<Layer> hook) : IDisposable
    {
        internal HookMoment Moment { get; } = moment;

        internal Action<Layer> Hook { get; } = hook;

        public void Dispose() => owner.Remove(this);
    }
}
