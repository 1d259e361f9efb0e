using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>threads.h.</summary>
internal static partial class ThreadsNative
{
    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_threads_budget(out int threads);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_threads_set_budget(int threads);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_threads_enter();

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_threads_leave();

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_threads_try_enter(out int entered);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_threads_pause(out int places);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_threads_resume(int places);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_threads_yield();

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_threads_observe(int resetMost, out NativeThreadsUsage usage);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_threads_quota(string root, out double processors);
}
