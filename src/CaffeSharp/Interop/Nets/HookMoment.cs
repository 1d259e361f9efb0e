namespace CaffeSharp.Interop;

/// <summary>caffe_hook_moment of net_hook.h.</summary>
internal enum HookMoment
{
    BeforeForward = 0,
    AfterForward = 1,
    BeforeBackward = 2,
    AfterBackward = 3,
}
