using System.Buffers.Binary;

namespace Mtcnn.Training.Evaluation.Matlab;

/// <summary>An element of a MAT file: a type and bytes.</summary>
internal readonly ref struct MatElement
{
    private const int Alignment = 8;
    private const int MostSmallBytes = 4;

    private readonly bool _bigEndian;

    private MatElement(MatType type, ReadOnlySpan<byte> data, bool bigEndian)
    {
        Type = type;
        Data = data;
        _bigEndian = bigEndian;
    }

    public MatType Type { get; }

    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Reads and removes the first element of the bytes. Throws <see cref="InvalidDataException"/> if the element is truncated.</summary>
    public static MatElement Take(scoped ref ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        uint first = UInt32(Cut(bytes, 0, 4), bigEndian);

        // Small elements have their length in the upper half of the type, and their bytes in place of the length.
        if (first >> 16 is var small and not 0)
        {
            ReadOnlySpan<byte> data = Cut(bytes, 4, small <= MostSmallBytes ? small : uint.MaxValue);
            bytes = Cut(bytes, Alignment, (uint)Math.Max(0, bytes.Length - Alignment));
            return new MatElement((MatType)(first & 0xffff), data, bigEndian);
        }

        uint length = UInt32(Cut(bytes, 4, 4), bigEndian);
        MatElement element = new((MatType)first, Cut(bytes, Alignment, length), bigEndian);

        // Compressed elements are not padded; the last element of some writers is not either.
        long end = Alignment + (long)length;
        long padded = element.Type == MatType.Compressed ? end : (end + Alignment - 1) / Alignment * Alignment;
        bytes = bytes[(int)Math.Min(padded, bytes.Length)..];
        return element;
    }

    /// <summary>Returns the bytes as numbers of the element's type. Throws <see cref="InvalidDataException"/> if the type is not numeric.</summary>
    public double[] ToNumbers()
    {
        int size = Type switch
        {
            MatType.Int8 or MatType.UInt8 or MatType.Utf8 => 1,
            MatType.Int16 or MatType.UInt16 or MatType.Utf16 => 2,
            MatType.Int32 or MatType.UInt32 or MatType.Single => 4,
            MatType.Double or MatType.Int64 or MatType.UInt64 => 8,
            _ => throw new InvalidDataException($"expected numbers, but the element has type {(int)Type}."),
        };
        double[] numbers = new double[Data.Length / size];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(Data.Slice(i * size, size));
        }

        return numbers;
    }

    private double Number(ReadOnlySpan<byte> bytes) => Type switch
    {
        MatType.Int8 => (sbyte)bytes[0],
        MatType.UInt8 or MatType.Utf8 => bytes[0],
        MatType.Int16 => (short)UInt16(bytes, _bigEndian),
        MatType.UInt16 or MatType.Utf16 => UInt16(bytes, _bigEndian),
        MatType.Int32 => (int)UInt32(bytes, _bigEndian),
        MatType.UInt32 => UInt32(bytes, _bigEndian),
        MatType.Single => BitConverter.UInt32BitsToSingle(UInt32(bytes, _bigEndian)),
        MatType.Int64 => (long)UInt64(bytes, _bigEndian),
        MatType.UInt64 => UInt64(bytes, _bigEndian),
        _ => BitConverter.UInt64BitsToDouble(UInt64(bytes, _bigEndian)),
    };

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> bytes, int start, uint length) =>
        start <= bytes.Length && length <= bytes.Length - start
            ? bytes.Slice(start, (int)length)
            : throw new InvalidDataException("the file ends inside the variable.");

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong UInt64(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
