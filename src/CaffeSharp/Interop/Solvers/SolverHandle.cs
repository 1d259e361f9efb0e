namespace CaffeSharp.Interop;

/// <summary>A caffe_solver.</summary>
internal sealed class SolverHandle : CaffeHandle
{
    protected override CaffeStatus Destroy(nint pointer) => SolverNative.caffe_solver_destroy(pointer);
}
