namespace CaffeSharp.Interop;

/// <summary>caffe_log_severity of runtime.h.</summary>
internal enum CaffeLogSeverity
{
    Info = 0,
    Warning = 1,
    Error = 2,
    None = 3,
}
