using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>timing.h.</summary>
internal static partial class TimingNative
{
    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_timer_create(int mode, int device, out TimerHandle timer);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_timer_destroy(nint timer);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_timer_start(TimerHandle timer);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_timer_stop(TimerHandle timer);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_timer_microseconds(TimerHandle timer, out double microseconds);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_net_time(
        NetHandle net, int withBackward, int layerCount, Span<double> forward, Span<double> backward, out double forwardSum,
        out double backwardSum);
}
