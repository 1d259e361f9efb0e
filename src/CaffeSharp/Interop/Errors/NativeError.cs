using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>caffe_error of error.h; the strings belong to the library.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeError
{
    internal int Status;
    internal int SourceLine;
    internal byte* SourceFile;
    internal byte* Message;
    internal byte* Layer;
    internal byte* Blob;
    internal byte* Path;
    internal int PathLine;
    internal int PathColumn;
}
