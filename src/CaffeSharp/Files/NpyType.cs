using System.Buffers.Binary;

namespace CaffeSharp;

/// <summary>A numeric type of NumPy, by its name in a file: "&lt;f4", "|u1".</summary>
internal sealed class NpyType
{
    private readonly Func<byte[], int, float> _read;

    private NpyType(string name, int size, Func<byte[], int, float> read)
    {
        Name = name;
        Size = size;
        _read = read;
    }

    internal string Name { get; }

    /// <summary>Bytes of one value.</summary>
    internal int Size { get; }

    /// <summary>Null if the name is not a real number's.</summary>
    internal static NpyType? Find(string name)
    {
        if (name.Length != 3 || !"<>|=".Contains(name[0], StringComparison.Ordinal))
        {
            return null;
        }

        bool big = name[0] == '>';
        int size = name[2] - '0';
        Func<byte[], int, float>? read = name[1..] switch
        {
            "f2" => (bytes, at) => (float)(big ? BinaryPrimitives.ReadHalfBigEndian(bytes.AsSpan(at))
                : BinaryPrimitives.ReadHalfLittleEndian(bytes.AsSpan(at))),
            "f4" => (bytes, at) => big ? BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(at))
                : BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at)),
            "f8" => (bytes, at) => (float)(big ? BinaryPrimitives.ReadDoubleBigEndian(bytes.AsSpan(at))
                : BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at))),
            "i1" or "i2" or "i4" or "i8" => (bytes, at) => Signed(bytes.AsSpan(at, size), big),
            "u1" or "u2" or "u4" or "u8" or "b1" => (bytes, at) => Unsigned(bytes.AsSpan(at, size), big),
            _ => null,
        };
        return read is null ? null : new(name, size, read);
    }

    internal float[] ToFloats(byte[] bytes)
    {
        float[] values = new float[bytes.Length / Size];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = _read(bytes, index * Size);
        }

        return values;
    }

    private static ulong Unsigned(ReadOnlySpan<byte> value, bool big)
    {
        ulong result = 0;
        for (int index = 0; index < value.Length; index++)
        {
            result = (result << 8) | value[big ? index : value.Length - 1 - index];
        }

        return result;
    }

    private static long Signed(ReadOnlySpan<byte> value, bool big)
    {
        // Shifted to the top and back, the value takes its sign along.
        int unused = 64 - (8 * value.Length);
        return (long)(Unsigned(value, big) << unused) >> unused;
    }
}
