using System.Runtime.CompilerServices;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Nets;

/// <summary>Disposal, in any order and in none.</summary>
[Collection(AloneCollection.Name)]
public sealed class LifetimeTests : LeakGate
{
    [Fact]
    public void Disposed_net_and_what_belongs_to_it_is_refused()
    {
        SharedFolder.RequireOriginals();
        Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        Blob data = net.Blobs["data"];
        Blob weights = net.Parameters["conv1"][0];
        Layer layer = net.Layers["conv1"];
        ReadOnlyBlobView view = data.Data;
        net.Dispose();
        net.Dispose();

        Assert.True(net.IsDisposed);
        ObjectDisposedException error = Assert.Throws<ObjectDisposedException>(() => net.Forward());
        Assert.Contains("The net '12Net' is disposed.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => net.Forward("conv1", null));
        Assert.Throws<ObjectDisposedException>(() => net.Backward());
        Assert.Throws<ObjectDisposedException>(net.Reshape);
        Assert.Throws<ObjectDisposedException>(net.ClearParameterDiffs);
        Assert.Throws<ObjectDisposedException>(() => net.Blobs.Count);
        Assert.Throws<ObjectDisposedException>(() => net.Layers.Count);
        Assert.Throws<ObjectDisposedException>(() => net.Inputs.Count);
        Assert.Throws<ObjectDisposedException>(() => net.Outputs.Count);
        Assert.Throws<ObjectDisposedException>(() => net.Parameters.Count);
        Assert.Throws<ObjectDisposedException>(() => net.LossWeight("prob1"));
        Assert.Throws<ObjectDisposedException>(() => net.CopyFrom(Originals.Weights12));
        Assert.Throws<ObjectDisposedException>(() => net.CopyFrom([1, 2, 3]));
        Assert.Throws<ObjectDisposedException>(() => net.Save("/nowhere/a"));
        Assert.Throws<ObjectDisposedException>(() => net.SaveHdf5("/nowhere/a"));
        Assert.Throws<ObjectDisposedException>(() => net.SaveBlobs("/nowhere/a"));
        using Net other = Net.FromFile(Originals.Net12);
        Assert.Throws<ObjectDisposedException>(() => other.ShareWith(net));
        Assert.Throws<ObjectDisposedException>(() => net.ShareWith(other));
        ObjectDisposedException blob = Assert.Throws<ObjectDisposedException>(() => data.Data.Length);
        Assert.Contains(
            "The net of the blob 'data' (1 x 3 x 12 x 12) is disposed.", blob.Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => weights.Shape.Length);
        Assert.Throws<ObjectDisposedException>(() => data.Reshape(1));
        Assert.Throws<ObjectDisposedException>(() => view.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => layer.Definition);
        Assert.Equal(("12Net", "data", "conv1", "Convolution"), (net.Name, data.Name, layer.Name, layer.Type));
    }

    [Fact]
    public void Blob_of_a_net_outlives_its_own_disposal()
    {
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        net.Blobs["data"].Dispose();
        net.Parameters["conv1"][0].Dispose();
        net.Forward();
        Assert.Equal(432, net.Blobs["data"].Count);
    }

    [Fact]
    public void Net_that_shares_weights_outlives_the_one_it_has_them_from()
    {
        long before = CaffeRuntime.BlobMemory;
        using (Net sharing = Net.FromFile(Originals.Net12))
        {
            using (Net net = Net.FromFile(Originals.Net12, Originals.Weights12))
            {
                sharing.ShareWith(net);
            }

            sharing.Inputs[0].CopyFrom(Photo.Face(12, 12));
            sharing.Forward();
            using Net reference = Net.FromFile(Originals.Net12, Originals.Weights12);
            reference.Inputs[0].CopyFrom(Photo.Face(12, 12));
            reference.Forward();
            Assert.Equal(reference.Blobs["prob1"].ToArray(), sharing.Blobs["prob1"].ToArray());
        }

        Assert.Equal(before, CaffeRuntime.BlobMemory);
    }

    [Fact]
    public void Net_that_nobody_disposes_is_counted_and_freed_with_its_blobs()
    {
        long memory = CaffeRuntime.BlobMemory;
        long before = CollectedSoFar();
        int handles = Forget();
        Assert.Equal(before + handles, CollectedSoFar());
        Assert.Equal(memory, CaffeRuntime.BlobMemory);
        ExpectCollected(handles);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static int Forget()
        {
#pragma warning disable CA2000 // That nobody disposes it is what is tested.
            Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
#pragma warning restore CA2000
            net.Forward();
            return 1 + net.Blobs.Count + net.Parameters.Values.Sum(parameters => parameters.Count);
        }
    }

    [Fact]
    public void Blob_keeps_its_net_from_the_garbage_collector()
    {
        Blob weights = Kept(out WeakReference net);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.True(net.IsAlive);
        Assert.Equal(270, weights.ToArray().Length);
        ((Net)net.Target!).Dispose();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static Blob Kept(out WeakReference net)
        {
            Net made = Net.FromFile(Originals.Net12, Originals.Weights12);
            net = new(made);
            return made.Parameters["conv1"][0];
        }
    }

    [Fact]
    public void Thousand_nets_made_and_disposed_leave_no_memory_behind()
    {
        long blobs = CaffeRuntime.BlobMemory;
        MakeAndDispose(200);
        long before = ProcessMemory.Resident;
        MakeAndDispose(1000);
        Assert.Equal(blobs, CaffeRuntime.BlobMemory);
        Assert.InRange(ProcessMemory.Resident - before, long.MinValue, ProcessMemory.Noise);

        static void MakeAndDispose(int count)
        {
            for (int made = 0; made < count; made++)
            {
                using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
                net.Forward();
            }
        }
    }
}
