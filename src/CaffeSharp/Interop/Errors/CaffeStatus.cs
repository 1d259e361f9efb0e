namespace CaffeSharp.Interop;

/// <summary>caffe_status of error.h.</summary>
internal enum CaffeStatus
{
    Ok = 0,
    ErrorCheck = 1,
    ErrorArgument = 2,
    ErrorNotFound = 3,
    ErrorFormat = 4,
    ErrorIo = 5,
    ErrorOutOfMemory = 6,
    ErrorUnsupported = 7,
    ErrorBusy = 8,
    ErrorInternal = 9,
    ErrorLayer = 10,
}
