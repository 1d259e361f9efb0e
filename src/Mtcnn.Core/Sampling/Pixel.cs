using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mtcnn.Sampling;

/// <summary>A pixel of three bytes as a vector: its channels, and a lane without meaning.</summary>
internal static class Pixel
{
    /// <summary>Reads a pixel and the byte after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Read(ref byte row, int offset) =>
        Widen(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref row, offset)));

    /// <summary>How a pixel value enters the networks: <c>(p - 127.5) / 128</c>, exact for whole values from 0 to 255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Normalize(Vector128<float> pixel) => (pixel - Vector128.Create(127.5f)) * (1 / 128f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Widen(uint bytes)
    {
        Vector128<byte> packed = Vector128.CreateScalar(bytes).AsByte();
        return Sse41.IsSupported
            ? Sse41.ConvertToVector128Int32(packed)
            : Vector128.WidenLower(Vector128.WidenLower(packed)).AsInt32();
    }
}
