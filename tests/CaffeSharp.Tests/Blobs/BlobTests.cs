using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Blobs;

/// <summary>Blobs that stand on their own.</summary>
[Collection(AloneCollection.Name)]
public sealed class BlobTests : LeakGate
{
    [Fact]
    public void New_blob_has_its_shape_and_zeros()
    {
        using Blob blob = new(2, 3, 4, 5);
        Assert.Equal([2, 3, 4, 5], blob.Shape.ToArray());
        Assert.Equal(4, blob.Axes);
        Assert.Equal(120, blob.Count);
        Assert.Equal((2, 3, 4, 5), (blob.Num, blob.Channels, blob.Height, blob.Width));
        Assert.Equal((2, 5, 4), (blob.Dimension(0), blob.Dimension(-1), blob.Dimension(-2)));
        Assert.Equal(new float[120], blob.ToArray());
        Assert.Equal(new float[120], blob.Diff.Span.ToArray());
        Assert.Equal(string.Empty, blob.Name);
    }

    [Fact]
    public void Scalar_has_no_axes_and_one_value()
    {
        using Blob blob = new();
        Assert.Equal((0, 1), (blob.Axes, blob.Count));
        blob.CopyFrom([7]);
        Assert.Equal(7, blob.Data[[]]);
        Assert.Equal((1, 1), (blob.Num, blob.Width));
        Assert.Equal(1, blob.Data.AsTensorSpan().FlattenedLength);
    }

    [Fact]
    public void Blob_without_elements_has_empty_data()
    {
        using Blob blob = new(0, 3);
        Assert.Equal((2, 0), (blob.Axes, blob.Count));
        Assert.True(blob.Data.Span.IsEmpty);
        Assert.True(blob.MutableDiff.Span.IsEmpty);
        Assert.Empty(blob.ToArray());
    }

    [Fact]
    public void Most_axes_that_Caffe_has_are_had()
    {
        using Blob blob = new(Enumerable.Repeat(1, 32).ToArray());
        Assert.Equal((32, 1), (blob.Axes, blob.Count));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => blob.Num);
        Assert.Contains("has 32 axes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1, -2, 3 }, "The shape 1 x -2 x 3 has a negative dimension, -2.")]
    [InlineData(new[] { 65536, 65536 }, "The shape 65536 x 65536 has more than 2147483647 elements")]
    [InlineData(
        new[] { int.MaxValue, int.MaxValue, int.MaxValue },
        "The shape 2147483647 x 2147483647 x 2147483647 has more than 2147483647 elements")]
    public void Shape_that_no_blob_can_have_is_refused(int[] shape, string message)
    {
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new Blob(shape)).Message, StringComparison.Ordinal);
        using Blob blob = new(1);
        Assert.Contains(
            message, Assert.Throws<ArgumentException>(() => blob.Reshape(shape)).Message, StringComparison.Ordinal);
        Assert.Equal([1], blob.Shape.ToArray());
    }

    [Fact]
    public void More_axes_than_Caffe_has_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Blob(new int[33]));
        Assert.Contains("The shape has 33 axes; a blob has at most 32.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_written_by_index_lie_in_row_major_order()
    {
        using Blob blob = new(2, 3);
        BlobView view = blob.MutableData;
        view[1, 2] = 6;
        view[0, 1] = 2;
        Assert.Equal([0, 2, 0, 0, 0, 6], blob.ToArray());
        Assert.Equal(6, blob.Data[1, 2]);
        Assert.Equal(6, view.AsTensorSpan()[1, 2]);
        Assert.Equal(2, blob.Data.AsTensorSpan()[0, 1]);
        Assert.Equal([2, 3], blob.Data.AsTensorSpan().Lengths.ToArray().Select(length => (int)length));
    }

    [Fact]
    public void Data_and_diff_are_two_arrays()
    {
        using Blob blob = new(2);
        blob.MutableData.Span.Fill(1);
        blob.MutableDiff.Span.Fill(2);
        Assert.Equal([1, 1], blob.Data.Span.ToArray());
        Assert.Equal([2, 2], blob.Diff.Span.ToArray());
    }

    [Fact]
    public void Index_outside_the_shape_is_refused()
    {
        using Blob blob = new(2, 3);
        ArgumentException outside = Assert.Throws<ArgumentOutOfRangeException>(() => blob.Data[1, 3]);
        Assert.Contains("Index 3 of axis 1 is outside the shape 2 x 3.", outside.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => blob.Data[-1, 0]);
        ArgumentException rank = Assert.Throws<ArgumentException>(() => blob.Data[1]);
        Assert.Contains("1 indices were given for a blob of 2 axes, 2 x 3.", rank.Message, StringComparison.Ordinal);
        ArgumentException axis = Assert.Throws<ArgumentOutOfRangeException>(() => blob.Dimension(2));
        Assert.Contains("blob (2 x 3) has 2 axes.", axis.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => blob.Dimension(-3));
    }

    [Fact]
    public void Copy_of_another_length_is_refused()
    {
        using Blob blob = new(2, 3);
        blob.CopyFrom([1, 2, 3, 4, 5, 6]);
        ArgumentException from = Assert.Throws<ArgumentException>(() => blob.CopyFrom(new float[5]));
        Assert.Contains("5 values were given for blob (2 x 3), which has 6.", from.Message, StringComparison.Ordinal);
        ArgumentException to = Assert.Throws<ArgumentException>(() => blob.CopyTo(new float[5]));
        Assert.Contains("There is room for 5 values, and blob (2 x 3) has 6.", to.Message, StringComparison.Ordinal);
        float[] values = new float[7];
        blob.CopyTo(values);
        Assert.Equal([1, 2, 3, 4, 5, 6, 0], values);
    }

    [Fact]
    public void View_after_a_reshape_is_stale()
    {
        using Blob blob = new(2, 3);
        ReadOnlyBlobView data = blob.Data;
        BlobView diff = blob.MutableDiff;
        blob.Reshape(3, 2);

        StaleBlobViewException error = Assert.Throws<StaleBlobViewException>(() => data.Span.Length);
        Assert.Contains("it was 2 x 3 then and is 3 x 2 now", error.Message, StringComparison.Ordinal);
        Assert.Throws<StaleBlobViewException>(() => data[0, 0]);
        Assert.Throws<StaleBlobViewException>(() => diff[0, 0] = 1);
        Assert.Throws<StaleBlobViewException>(() => diff.AsTensorSpan().FlattenedLength);
        Assert.Equal(6, blob.Data.Span.Length);
    }

    [Fact]
    public void View_whose_memory_moved_is_stale_though_the_shape_is_back()
    {
        using Blob blob = new(4);
        BlobView view = blob.MutableData;
        view[0] = 1;
        blob.Reshape(1 << 20);
        blob.MutableData[0] = 2;
        blob.Reshape(4);

        StaleBlobViewException error = Assert.Throws<StaleBlobViewException>(() => view[0]);
        Assert.Contains("its memory has moved", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reshape_to_fewer_elements_keeps_memory_and_values()
    {
        using Blob blob = new(2, 3);
        blob.CopyFrom([1, 2, 3, 4, 5, 6]);
        blob.Reshape(4);
        Assert.Equal([1, 2, 3, 4], blob.ToArray());
    }

    [Fact]
    public void Default_view_is_empty()
    {
        Assert.Equal(0, default(ReadOnlyBlobView).Length);
        Assert.True(default(ReadOnlyBlobView).Span.IsEmpty);
        Assert.True(default(BlobView).Span.IsEmpty);
        Assert.True(default(BlobView).Shape.IsEmpty);
        Assert.Equal(0, default(BlobView).AsTensorSpan().FlattenedLength);
    }

    [Fact]
    public void Disposed_blob_and_its_views_are_refused()
    {
        Blob blob = new(2, 3);
        ReadOnlyBlobView view = blob.Data;
        blob.Dispose();
        blob.Dispose();

        ObjectDisposedException error = Assert.Throws<ObjectDisposedException>(() => blob.Data.Length);
        Assert.Contains("The blob (2 x 3) is disposed.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => view.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => blob.Count);
        Assert.Throws<ObjectDisposedException>(() => blob.Shape.Length);
        Assert.Throws<ObjectDisposedException>(() => blob.Reshape(1));
    }

    [Fact]
    public void Values_go_through_a_npy_file()
    {
        using TemporaryFolder folder = new();
        using Blob blob = new(2, 3);
        blob.CopyFrom([1, 2, 3, 4, 5, 6]);
        string path = folder.File("blob.npy");
        blob.SaveNpy(path);
        using Blob loaded = Blob.LoadNpy(path);
        Assert.Equal([2, 3], loaded.Shape.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], loaded.ToArray());
        Assert.Equal("(2, 3) 21.0\n", Pycaffe.Run("a = np.load(args[0])\nprint(a.shape, a.sum())", path));
    }

    [Fact]
    public void Blob_that_nobody_disposes_is_counted_and_freed()
    {
        long before = CollectedSoFar();
        long memory = CaffeRuntime.BlobMemory;
        Forget();
        Assert.Equal(before + 1, CollectedSoFar());
        Assert.Equal(memory, CaffeRuntime.BlobMemory);
        ExpectCollected(1);

        [MethodImpl(MethodImplOptions.NoInlining)]
        [SuppressMessage("Reliability", "CA2000", Justification = "It is what is tested.")]
        static void Forget() => new Blob(1000).MutableData.Span.Fill(1);
    }

    [Fact]
    public void Collector_knows_what_forgotten_blobs_hold()
    {
        const int Blobs = 100;
        long most = 0;
        for (int made = 0; made < Blobs; made++)
        {
            Forget();
            most = Math.Max(most, CaffeRuntime.BlobMemory);
        }

        // A collector that saw the handles alone would let all 100 of 20 MB pile up.
        Assert.InRange(most, 20_000_000, Blobs * 20_000_000L / 2);
        ExpectCollected(Blobs);

        [MethodImpl(MethodImplOptions.NoInlining)]
        [SuppressMessage("Reliability", "CA2000", Justification = "It is what is tested.")]
        static void Forget() => new Blob(5_000_000).MutableData[0] = 1;
    }

    [Fact]
    public void Memory_of_blobs_is_counted_and_given_back()
    {
        long before = CaffeRuntime.BlobMemory;
        using (Blob blob = new(1000, 1000))
        {
            blob.MutableData[0, 0] = 1;
            Assert.InRange(CaffeRuntime.BlobMemory - before, 4_000_000, 4_100_000);
        }

        Assert.Equal(before, CaffeRuntime.BlobMemory);
    }

    [Fact]
    public void Gpu_memory_is_there_with_a_gpu_and_unsupported_without()
    {
        using Blob blob = new(2);
        if (CaffeRuntime.DeviceCount > 0)
        {
            Assert.NotEqual(0, blob.GpuData);
            return;
        }

        CaffeException error = Assert.Throws<CaffeException>(() => blob.GpuData);
        Assert.Equal(CaffeErrorKind.Unsupported, error.Kind);
        Assert.Equal(CaffeErrorKind.Unsupported, Assert.Throws<CaffeException>(() => blob.MutableGpuData).Kind);
        Assert.Equal(CaffeErrorKind.Unsupported, Assert.Throws<CaffeException>(() => blob.GpuDiff).Kind);
        Assert.Equal(CaffeErrorKind.Unsupported, Assert.Throws<CaffeException>(() => blob.MutableGpuDiff).Kind);
    }
}
