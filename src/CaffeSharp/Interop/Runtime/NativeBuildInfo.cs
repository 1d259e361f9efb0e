using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>caffe_build_info of runtime.h; the strings belong to the library.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeBuildInfo
{
    internal byte* CaffeVersion;
    internal byte* CaffeSource;
    internal byte* Compiler;
    internal byte* ProtobufVersion;
    internal byte* BoostVersion;
    internal byte* Hdf5Version;
    internal byte* LmdbVersion;
    internal byte* LeveldbVersion;
    internal byte* OpencvVersion;
    internal byte* Blas;
    internal int WithCuda;
    internal int CudaVersion;
    internal int WithCudnn;
    internal int WithNccl;
    internal int WithPythonLayer;
    internal int WithSanitizers;
}
