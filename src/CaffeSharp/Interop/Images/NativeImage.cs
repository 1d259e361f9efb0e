using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>caffe_image of image.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeImage
{
    internal nint Pixels;
    internal long Step;
    internal int Height;
    internal int Width;
    internal int Channels;
    internal int Depth;
}
