using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Runs a net layer by layer where somebody may want to stop in between.</summary>
internal static class InterruptiblePass
{
    /// <returns>The weighted sum of the losses.</returns>
    internal static float Forward(Net net, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return net.Forward();
        }

        float total = 0;
        int count = net.Layers.Count;
        for (int layer = 0; layer < count; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            NetNative.caffe_net_forward(net.Handle, layer, layer, out float loss).ThrowIfFailed();
            total += loss;
        }

        return total;
    }

    internal static void Backward(Net net, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            net.Backward();
            return;
        }

        for (int layer = net.Layers.Count - 1; layer >= 0; layer--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            NetNative.caffe_net_backward(net.Handle, layer, layer).ThrowIfFailed();
        }
    }
}
