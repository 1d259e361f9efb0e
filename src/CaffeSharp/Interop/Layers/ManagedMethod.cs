namespace CaffeSharp.Interop;

/// <summary>caffe_managed_method of managed_layer.h.</summary>
internal enum ManagedMethod
{
    SetUp = 0,
    Reshape = 1,
    Forward = 2,
    Backward = 3,
}
