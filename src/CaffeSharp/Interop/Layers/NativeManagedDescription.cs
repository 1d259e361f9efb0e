using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>caffe_managed_description of managed_layer.h; the strings belong to the layer.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeManagedDescription
{
    internal byte* Name;
    internal byte* Type;
    internal byte* Module;
    internal byte* Layer;
    internal byte* ParamStr;
    internal byte* Definition;
    internal int Phase;
    internal int BottomCount;
    internal int TopCount;
}
