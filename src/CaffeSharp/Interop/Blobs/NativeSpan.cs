namespace CaffeSharp.Interop;

/// <summary>Spans over the library's memory.</summary>
internal static unsafe class NativeSpan
{
    internal static Span<float> Of(nint pointer, int length) => new((void*)pointer, length);
}
