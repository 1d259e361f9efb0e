using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>caffe_engine_options of engine.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeEngineOptions
{
    internal int Engine;
    internal int Threads;
    internal int InstructionSet;
}
