using CaffeSharp.Interop;

namespace CaffeSharp;

/// <content>Forward, backward, and what belongs to a run.</content>
public sealed partial class Net
{
    /// <summary>Runs all layers, each in the shape that its bottoms have by then.</summary>
    /// <returns>The weighted sum of the losses; 0 for a net without.</returns>
    /// <exception cref="CaffeException">A layer failed (with the layer), or another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public float Forward() => Forward(null, null);

    /// <summary>Runs all layers, as <see cref="Forward()"/>, and stops between two of them where it is cancelled.</summary>
    /// <param name="cancellationToken">Stops between two layers.</param>
    /// <returns>The weighted sum of the losses; 0 for a net without.</returns>
    /// <exception cref="CaffeException">A layer failed (with the layer), or another thread is inside the net.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public float Forward(CancellationToken cancellationToken) => InterruptiblePass.Forward(this, cancellationToken);

    /// <summary>Runs some of the layers.</summary>
    /// <param name="firstLayer">The first to run; null for the net's first.</param>
    /// <param name="lastLayer">The last to run; null for the net's last.</param>
    /// <returns>The weighted sum of their losses.</returns>
    /// <exception cref="KeyNotFoundException">There is no such layer.</exception>
    /// <exception cref="ArgumentException">The first comes after the last.</exception>
    /// <exception cref="CaffeException">A layer failed (with the layer), or another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public float Forward(string? firstLayer, string? lastLayer)
    {
        RequireFree();
        int first = LayerIndex(firstLayer, 0);
        int last = LayerIndex(lastLayer, Layers.Count - 1);
        CheckOrder(first, last, nameof(firstLayer));
        NetNative.caffe_net_forward(Handle, first, last, out float loss).ThrowIfFailed();
        AccountForMemory();
        return loss;
    }

    /// <summary>Runs all layers backward: fills the diffs from those of the losses.</summary>
    /// <exception cref="CaffeException">A layer failed (with the layer), or another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public void Backward() => Backward(null, null);

    /// <summary>Runs some of the layers backward.</summary>
    /// <param name="firstLayer">The first to run, which comes later in the net; null for the net's last.</param>
    /// <param name="lastLayer">The last to run, which comes earlier in the net; null for the net's first.</param>
    /// <exception cref="KeyNotFoundException">There is no such layer.</exception>
    /// <exception cref="ArgumentException">The first comes before the last, in the net's order.</exception>
    /// <exception cref="CaffeException">A layer failed (with the layer), or another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public void Backward(string? firstLayer, string? lastLayer)
    {
        RequireFree();
        int first = LayerIndex(firstLayer, Layers.Count - 1);
        int last = LayerIndex(lastLayer, 0);
        CheckOrder(last, first, nameof(firstLayer));
        NetNative.caffe_net_backward(Handle, first, last).ThrowIfFailed();
    }

    /// <summary>Carries new shapes of the inputs through all layers, without running them. Views taken before are stale
    /// where the shape changed.</summary>
    /// <exception cref="CaffeException">A layer cannot take its shape (with the layer), or another thread is inside the
    /// net.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public void Reshape()
    {
        RequireFree();
        NetNative.caffe_net_reshape(Handle).ThrowIfFailed();
        AccountForMemory();
    }

    /// <summary>Sets the diffs of all parameters to 0; backward adds to them.</summary>
    /// <exception cref="CaffeException">Another thread is inside the net.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public void ClearParameterDiffs()
    {
        RequireFree();
        NetNative.caffe_net_clear_param_diffs(Handle).ThrowIfFailed();
    }

    private int LayerIndex(string? layer, int otherwise) => layer is null ? otherwise : Layers.IndexOf(layer);

    private void CheckOrder(int earlier, int later, string parameter)
    {
        if (earlier > later)
        {
            throw new ArgumentException(
                $"Layer '{Layers[earlier].Name}' comes after layer '{Layers[later].Name}' in net '{Name}'.", parameter);
        }
    }
}
