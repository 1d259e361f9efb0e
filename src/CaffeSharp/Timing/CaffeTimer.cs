using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>A stopwatch for work on a device: caffe.Timer. On a GPU, whose work continues after a call has returned, it takes the
/// time by CUDA events and waits for them. It serves one thread at a time.</summary>
public sealed class CaffeTimer : IDisposable
{
    private readonly TimerHandle _handle;
    private bool _wasStarted;

    /// <summary>Makes a timer that stands still.</summary>
    /// <param name="device">Whose work is timed; the CPU unless said otherwise.</param>
    /// <exception cref="CaffeException">There is no such device (<see cref="CaffeErrorKind.Unsupported"/>).</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public CaffeTimer(Device device = default)
    {
        CaffeMode mode = device.IsGpu ? CaffeMode.Gpu : CaffeMode.Cpu;
        TimingNative.caffe_timer_create((int)mode, device.Index, out _handle).ThrowIfFailed();
        Device = device;
    }

    /// <summary>Whose work is timed.</summary>
    public Device Device { get; }

    /// <summary>The time between the last start and the last stop; stops a timer that runs.</summary>
    /// <exception cref="InvalidOperationException">It was never started.</exception>
    /// <exception cref="CaffeException">The device failed.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public TimeSpan Elapsed => TimeSpan.FromMicroseconds(Microseconds);

    /// <summary>The same in thousandths of a second.</summary>
    /// <inheritdoc cref="Elapsed" path="/exception"/>
    public double Milliseconds => Microseconds / 1000;

    /// <summary>The same in millionths of a second.</summary>
    /// <inheritdoc cref="Elapsed" path="/exception"/>
    public double Microseconds
    {
        get
        {
            ThrowIfDisposed();
            if (!_wasStarted)
            {
                throw new InvalidOperationException("The timer was never started, so there is no time to read. Call Start first.");
            }

            TimingNative.caffe_timer_microseconds(_handle, out double microseconds).ThrowIfFailed();
            return microseconds;
        }
    }

    /// <summary>Starts it from 0; nothing if it runs.</summary>
    /// <exception cref="CaffeException">The device failed.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public void Start()
    {
        ThrowIfDisposed();
        TimingNative.caffe_timer_start(_handle).ThrowIfFailed();
        _wasStarted = true;
    }

    /// <summary>Stops it; nothing if it does not run.</summary>
    /// <exception cref="CaffeException">The device failed.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public void Stop()
    {
        ThrowIfDisposed();
        TimingNative.caffe_timer_stop(_handle).ThrowIfFailed();
    }

    /// <summary>Frees it. May be called more than once.</summary>
    public void Dispose() => _handle.Dispose();

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
}
