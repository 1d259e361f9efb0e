using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Reads caffe_build_info.</summary>
internal static class BuildInfoReader
{
    internal static unsafe CaffeBuildInfo Read()
    {
        RuntimeNative.caffe_runtime_abi_version(out int abiVersion).ThrowIfFailed();
        RuntimeNative.caffe_runtime_build_info(out NativeBuildInfo info).ThrowIfFailed();
        return new(
            AbiVersion: abiVersion,
            CaffeVersion: UnownedStringMarshaller.ConvertToManaged(info.CaffeVersion),
            CaffeSource: UnownedStringMarshaller.ConvertToManaged(info.CaffeSource),
            Compiler: UnownedStringMarshaller.ConvertToManaged(info.Compiler),
            ProtobufVersion: UnownedStringMarshaller.ConvertToManaged(info.ProtobufVersion),
            BoostVersion: UnownedStringMarshaller.ConvertToManaged(info.BoostVersion),
            Hdf5Version: UnownedStringMarshaller.ConvertToManaged(info.Hdf5Version),
            LmdbVersion: UnownedStringMarshaller.ConvertToManaged(info.LmdbVersion),
            LevelDbVersion: UnownedStringMarshaller.ConvertToManaged(info.LeveldbVersion),
            OpenCvVersion: UnownedStringMarshaller.ConvertToManaged(info.OpencvVersion),
            Blas: UnownedStringMarshaller.ConvertToManaged(info.Blas),
            // CUDA writes 11.8 as 11080.
            CudaVersion: info.WithCuda == 0 ? null : new(info.CudaVersion / 1000, info.CudaVersion % 1000 / 10),
            HasCudnn: info.WithCudnn != 0,
            HasNccl: info.WithNccl != 0,
            HasPythonLayer: info.WithPythonLayer != 0,
            HasSanitizers: info.WithSanitizers != 0);
    }
}
