using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Runs a net where somebody may want to stop between two layers.</summary>
internal static unsafe class InterruptiblePass
{
    /// <returns>The weighted sum of the losses.</returns>
    internal static float Forward(Net net, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!cancellationToken.CanBeCanceled)
        {
            return net.Forward(null, null);
        }

        net.RequireFree();
        using StopFlag stop = new(cancellationToken);
        NetNative.caffe_net_forward_until(
            net.Handle, 0, net.Layers.Count - 1, stop.Pointer, out float loss, out int stopped).ThrowIfFailed();
        ThrowIf(stopped, cancellationToken);
        net.AccountForMemory();
        return loss;
    }

    internal static void Backward(Net net, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!cancellationToken.CanBeCanceled)
        {
            net.Backward(null, null);
            return;
        }

        net.RequireFree();
        using StopFlag stop = new(cancellationToken);
        NetNative.caffe_net_backward_until(
            net.Handle, net.Layers.Count - 1, 0, stop.Pointer, out int stopped).ThrowIfFailed();
        ThrowIf(stopped, cancellationToken);
    }

    private static void ThrowIf(int stopped, CancellationToken cancellationToken)
    {
        if (stopped != 0)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
