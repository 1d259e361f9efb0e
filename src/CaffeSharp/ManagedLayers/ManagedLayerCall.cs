using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>One call of a layer in C#, with the blobs that it is lent. They are taken back at its end.</summary>
internal sealed class ManagedLayerCall : IDisposable
{
    private readonly ManagedLayer _layer;
    private readonly nint _call;
    private readonly List<Blob> _lent = [];

    internal ManagedLayerCall(ManagedLayer layer, nint call)
    {
        _layer = layer;
        _call = call;
    }

    private delegate CaffeStatus BlobOf(nint call, int index, out string name, out BlobHandle blob);

    internal void Run(ManagedMethod method)
    {
        if (method == ManagedMethod.SetUp)
        {
            ManagedLayerNative.caffe_managed_describe(_call, out NativeManagedDescription description).ThrowIfFailed();
            _layer.Describe(in description);
        }

        Blob[] bottoms = Lend(_layer.BottomCount, ManagedLayerNative.caffe_managed_bottom);
        Blob[] tops = Lend(_layer.TopCount, ManagedLayerNative.caffe_managed_top);
        switch (method)
        {
            case ManagedMethod.SetUp:
                _layer.RunSetUp(this, bottoms, tops);
                break;
            case ManagedMethod.Reshape:
                _layer.RunReshape(bottoms, tops);
                break;
            case ManagedMethod.Forward:
                _layer.RunForward(bottoms, tops);
                break;
            default:
                _layer.RunBackward(tops, PropagateDown(), bottoms);
                break;
        }
    }

    internal Blob AddParameter(ReadOnlySpan<int> shape, string name)
    {
        BlobShape.CheckedCount(shape);
        ManagedLayerNative.caffe_managed_add_parameter(_call, shape, shape.Length, out BlobHandle handle).ThrowIfFailed();
        return new(_layer, handle, name);
    }

    public void Dispose()
    {
        foreach (Blob blob in _lent)
        {
            blob.Release();
        }
    }

    private Blob[] Lend(int count, BlobOf find)
    {
        Blob[] blobs = new Blob[count];
        for (int index = 0; index < count; index++)
        {
            find(_call, index, out string name, out BlobHandle handle).ThrowIfFailed();
            blobs[index] = new(_layer, handle, name);
            _lent.Add(blobs[index]);
        }

        return blobs;
    }

    private bool[] PropagateDown()
    {
        bool[] wanted = new bool[_layer.BottomCount];
        for (int bottom = 0; bottom < wanted.Length; bottom++)
        {
            ManagedLayerNative.caffe_managed_propagates_down(_call, bottom, out int propagates).ThrowIfFailed();
            wanted[bottom] = propagates != 0;
        }

        return wanted;
    }
}
