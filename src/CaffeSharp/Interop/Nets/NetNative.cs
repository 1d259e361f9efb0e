using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace CaffeSharp.Interop;

/// <summary>net.h.</summary>
internal static partial class NetNative
{
    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_net_create_from_file(
        string prototxtPath, in NativeNetOptions options, out NetHandle net);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_net_create_from_text(
        ReadOnlySpan<byte> text, long length, string? name, in NativeNetOptions options, out NetHandle net);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_clone(NetHandle net, int hasSeed, uint seed, out NetHandle clone);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_destroy(nint net);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_name(
        NetHandle net, [MarshalUsing(typeof(UnownedStringMarshaller))] out string name);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_phase(NetHandle net, out int phase);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_layer_count(NetHandle net, out int count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_layer_name(
        NetHandle net, int layer, [MarshalUsing(typeof(UnownedStringMarshaller))] out string name);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_layer_type(
        NetHandle net, int layer, [MarshalUsing(typeof(UnownedStringMarshaller))] out string type);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_layer_definition(
        NetHandle net, int layer, [MarshalUsing(typeof(UnownedStringMarshaller))] out string prototxt);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_net_layer_index(NetHandle net, string name, out int layer);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_bottom_count(NetHandle net, int layer, out int count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_bottom(NetHandle net, int layer, int bottom, out int blob);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_top_count(NetHandle net, int layer, out int count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_top(NetHandle net, int layer, int top, out int blob);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_layer_param_count(NetHandle net, int layer, out int count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_layer_param(NetHandle net, int layer, int param, out BlobHandle blob);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_blob_count(NetHandle net, out int count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_blob_name(
        NetHandle net, int blob, [MarshalUsing(typeof(UnownedStringMarshaller))] out string name);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_net_blob_index(NetHandle net, string name, out int blob);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_blob(NetHandle net, int index, out BlobHandle blob);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_blob_loss_weight(NetHandle net, int blob, out float weight);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_bytes(NetHandle net, int withParameters, out long bytes);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_input_count(NetHandle net, out int count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_input(NetHandle net, int input, out int blob);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_output_count(NetHandle net, out int count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_output(NetHandle net, int output, out int blob);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_forward(NetHandle net, int firstLayer, int lastLayer, out float loss);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_backward(NetHandle net, int firstLayer, int lastLayer);

    [LibraryImport(NativeLibraryName.Import)]
    internal static unsafe partial CaffeStatus caffe_net_forward_until(
        NetHandle net, int firstLayer, int lastLayer, int* stop, out float loss, out int stopped);

    [LibraryImport(NativeLibraryName.Import)]
    internal static unsafe partial CaffeStatus caffe_net_backward_until(
        NetHandle net, int firstLayer, int lastLayer, int* stop, out int stopped);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_reshape(NetHandle net);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_clear_param_diffs(NetHandle net);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_set_input_arrays(
        NetHandle net, int layer, ReadOnlySpan<float> data, long dataLength, ReadOnlySpan<float> labels, long count);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_net_copy_from_file(
        NetHandle net, string weightsPath, out int copiedLayers);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_net_copy_from_bytes(
        NetHandle net, ReadOnlySpan<byte> bytes, long length, string? name, out int copiedLayers);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_layer_was_copied(NetHandle net, int layer, out int copied);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_share_with(NetHandle net, NetHandle other);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_net_save(NetHandle net, string path, int writeDiff);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_net_save_hdf5(NetHandle net, string path, int writeDiff);
}
