namespace CaffeSharp;

/// <summary>How the loaded native half was built.</summary>
/// <param name="AbiVersion">Version of the interface between the two halves.</param>
/// <param name="CaffeVersion">Caffe's own version, "1.0.0".</param>
/// <param name="CaffeSource">Where Caffe's source came from: a Debian package, a git commit or a folder.</param>
/// <param name="Compiler">The C++ compiler.</param>
/// <param name="ProtobufVersion">Version of protobuf; empty if unknown, as with all that follow.</param>
/// <param name="BoostVersion">Version of boost.</param>
/// <param name="Hdf5Version">Version of HDF5; empty without it.</param>
/// <param name="LmdbVersion">Version of LMDB; empty without it.</param>
/// <param name="LevelDbVersion">Version of LevelDB; empty without it.</param>
/// <param name="OpenCvVersion">What decodes images for Caffe's layers: "CaffeSharp.Imaging", the package, or the version of the
/// OpenCV that the native half was built with (CAFFESHARP_OPENCV).</param>
/// <param name="Blas">The BLAS, in its own words.</param>
/// <param name="CudaVersion">Version of CUDA; null for a CPU build.</param>
/// <param name="HasCudnn">Whether cuDNN is used.</param>
/// <param name="HasNccl">Whether NCCL is used.</param>
/// <param name="HasPythonLayer">Whether layers of type Python can be made.</param>
/// <param name="HasSanitizers">Whether address and undefined behaviour sanitizers are compiled in.</param>
public sealed record CaffeBuildInfo(
    int AbiVersion,
    string CaffeVersion,
    string CaffeSource,
    string Compiler,
    string ProtobufVersion,
    string BoostVersion,
    string Hdf5Version,
    string LmdbVersion,
    string LevelDbVersion,
    string OpenCvVersion,
    string Blas,
    Version? CudaVersion,
    bool HasCudnn,
    bool HasNccl,
    bool HasPythonLayer,
    bool HasSanitizers)
{
    /// <summary>Whether nets can be made for a GPU.</summary>
    public bool HasCuda => CudaVersion is not null;
}
