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
            CaffeVersion: BorrowedStringMarshaller.ConvertToManaged(info.CaffeVersion),
            CaffeSource: BorrowedStringMarshaller.ConvertToManaged(info.CaffeSource),
            Compiler: BorrowedStringMarshaller.ConvertToManaged(info.Compiler),
            ProtobufVersion: BorrowedStringMarshaller.ConvertToManaged(info.ProtobufVersion),
            BoostVersion: BorrowedStringMarshaller.ConvertToManaged(info.BoostVersion),
            Hdf5Version: BorrowedStringMarshaller.ConvertToManaged(info.Hdf5Version),
            LmdbVersion: BorrowedStringMarshaller.ConvertToManaged(info.LmdbVersion),
            LevelDbVersion: BorrowedStringMarshaller.ConvertToManaged(info.LeveldbVersion),
            OpenCvVersion: BorrowedStringMarshaller.ConvertToManaged(info.OpencvVersion),
            Blas: BorrowedStringMarshaller.ConvertToManaged(info.Blas),
            // CUDA writes 11.8 as 11080.
            CudaVersion: info.WithCuda == 0 ? null : new(info.CudaVersion / 1000, info.CudaVersion % 1000 / 10),
            HasCudnn: info.WithCudnn != 0,
            HasNccl: info.WithNccl != 0,
            HasPythonLayer: info.WithPythonLayer != 0,
            HasSanitizers: info.WithSanitizers != 0);
    }
}
