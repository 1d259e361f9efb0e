using System.Runtime.InteropServices;

namespace CaffeSharp.Interop;

/// <summary>engine.h.</summary>
internal static partial class EngineNative
{
    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_engine_choose(NetHandle net, in NativeEngineOptions options);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_engine_runs_layer(NetHandle net, int layer, out int accelerated);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_engine_best_instruction_set(out int instructionSet);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_engine_packed_weights(out long bytes, out long packings);
}
