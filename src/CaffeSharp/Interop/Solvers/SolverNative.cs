using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace CaffeSharp.Interop;

/// <summary>solver.h.</summary>
internal static partial class SolverNative
{
    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_solver_create(
        MessageHandle parameter, string? path, int mode, int device, out SolverHandle solver);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_destroy(nint solver);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_parameter(SolverHandle solver, out MessageHandle parameter);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_net(SolverHandle solver, out NetHandle net);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_test_net_count(SolverHandle solver, out int count);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_test_net(SolverHandle solver, int index, out NetHandle net);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_iteration(SolverHandle solver, out int iteration);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_learning_rate(SolverHandle solver, out float rate);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_set_base_learning_rate(SolverHandle solver, float rate);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_set_random_seed(SolverHandle solver, uint seed);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_start_iteration(SolverHandle solver, int debugInfo);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_apply_update(SolverHandle solver);

    [LibraryImport(NativeLibraryName.Import)]
    internal static partial CaffeStatus caffe_solver_snapshot(
        SolverHandle solver, [MarshalUsing(typeof(UnownedStringMarshaller))] out string weightsPath,
        [MarshalUsing(typeof(UnownedStringMarshaller))] out string statePath);

    [LibraryImport(NativeLibraryName.Import, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CaffeStatus caffe_solver_restore(SolverHandle solver, string statePath);
}
