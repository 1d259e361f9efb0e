namespace CaffeSharp.Interop;

/// <summary>A caffe_message.</summary>
internal sealed class MessageHandle : CaffeHandle
{
    protected override CaffeStatus Destroy(nint pointer) => MessageNative.caffe_message_destroy(pointer);
}
