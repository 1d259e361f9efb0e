using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>caffe_net_options of net.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeNetOptions
{
    internal int Phase;
    internal int Level;
    internal byte** Stages;
    internal int StageCount;
    internal int Mode;
    internal int Device;
    internal int HasSeed;
    internal uint Seed;
}
