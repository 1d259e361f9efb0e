using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace CaffeSharp.Interop;

/// <summary>runtime.h.</summary>
internal static unsafe partial class RuntimeNative
{
    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_abi_version(out int version);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_build_info(out NativeBuildInfo info);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_device_count(out int count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_get_mode(out int mode);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_set_mode(int mode);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_set_device(int device);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_set_random_seed(uint seed);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_layer_type_count(out int count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_layer_type(
        int index, [MarshalUsing(typeof(UnownedStringMarshaller))] out string type);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_get_blas_threads(out int threads);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_set_blas_threads(int threads);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_memory_used(out long bytes);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_set_memory_limit(long bytes);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_runtime_set_log_callback(
        delegate* unmanaged[Cdecl]<int, byte*, int, byte*, nint, void> callback, nint userData, int minimumSeverity);
}
