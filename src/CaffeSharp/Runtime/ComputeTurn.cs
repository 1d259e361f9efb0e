using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>The calling thread's turn to compute: it holds a place of the process's thread budget from <see cref="Enter"/> until it is
/// disposed, on the same thread. Nets that it runs meanwhile take no further place. Turns nest.</summary>
internal readonly ref struct ComputeTurn
{
    private readonly bool _isEntered;

    private ComputeTurn(bool isEntered) => _isEntered = isEntered;

    /// <summary>False if <see cref="TryEnter"/> found no place.</summary>
    internal bool IsEntered => _isEntered;

    /// <summary>Waits until a place is free; those who asked first come first.</summary>
    internal static ComputeTurn Enter()
    {
        ThreadsNative.caffe_threads_enter().ThrowIfFailed();
        return new ComputeTurn(true);
    }

    /// <summary>Takes a place if one is free that nobody waits for; see <see cref="IsEntered"/>.</summary>
    internal static ComputeTurn TryEnter()
    {
        ThreadsNative.caffe_threads_try_enter(out int entered).ThrowIfFailed();
        return new ComputeTurn(entered != 0);
    }

    /// <summary>Lets those who wait have their turn first. To be called now and then during long work.</summary>
    internal static void LetOthersCompute() => ThreadsNative.caffe_threads_yield().ThrowIfFailed();

    /// <summary>Runs something that waits for another thread, which may need a place itself. The calling thread holds none meanwhile.</summary>
    internal static void Wait(Action wait)
    {
        int places = Pause();
        try
        {
            wait();
        }
        finally
        {
            Resume(places);
        }
    }

    /// <summary>Begins what <see cref="Wait"/> does; <see cref="Resume"/> ends it, on the same thread.</summary>
    internal static int Pause()
    {
        ThreadsNative.caffe_threads_pause(out int places).ThrowIfFailed();
        return places;
    }

    /// <summary>Takes as many places again as <see cref="Pause"/> gave back.</summary>
    internal static void Resume(int places) => ThreadsNative.caffe_threads_resume(places).ThrowIfFailed();

    public void Dispose()
    {
        if (_isEntered)
        {
            ThreadsNative.caffe_threads_leave().ThrowIfFailed();
        }
    }
}
