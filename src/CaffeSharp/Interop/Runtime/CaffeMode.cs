namespace CaffeSharp.Interop;

/// <summary>caffe_mode of runtime.h.</summary>
internal enum CaffeMode
{
    Cpu = 0,
    Gpu = 1,
}
