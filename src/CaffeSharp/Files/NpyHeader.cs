using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CaffeSharp;

/// <summary>What stands before the values in a .npy file: type, order and shape.</summary>
internal sealed partial class NpyHeader
{
    // The values start at a multiple of it, so that they can be mapped into memory.
    private const int Alignment = 64;
    private const int MagicLength = 6;

    private readonly int[] _shape;

    private NpyHeader(NpyType type, bool isColumnMajor, int[] shape, int length)
    {
        Type = type;
        IsColumnMajor = isColumnMajor;
        _shape = shape;
        Count = BlobShape.Count(shape);
        Length = length;
    }

    internal NpyType Type { get; }

    internal bool IsColumnMajor { get; }

    internal ReadOnlySpan<int> Shape => _shape;

    /// <summary>Number of values.</summary>
    internal int Count { get; }

    /// <summary>Bytes before the first value.</summary>
    internal int Length { get; }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>A header of version 1.0 for little-endian 32-bit floats, row-major.</summary>
    internal static byte[] ForFloats(ReadOnlySpan<int> shape)
    {
        const int Preamble = MagicLength + 4;
        StringBuilder text = new("{'descr': '<f4', 'fortran_order': False, 'shape': (");
        foreach (int dimension in shape)
        {
            text.Append(CultureInfo.InvariantCulture, $"{dimension}, ");
        }

        text.Append("), }");

        // It ends with a line feed, after as many spaces as the alignment requires.
        int length = (Preamble + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        text.Append(' ', length - Preamble - text.Length - 1).Append('\n');
        byte[] header = new byte[length];
        Magic.CopyTo(header);
        header[MagicLength] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(MagicLength + 2), (ushort)(length - Preamble));
        Encoding.ASCII.GetBytes(text.ToString(), header.AsSpan(Preamble));
        return header;
    }

    /// <exception cref="InvalidDataException">It is not a header, or one of something that is not an array of numbers.</exception>
    /// <exception cref="EndOfStreamException">It is truncated.</exception>
    internal static NpyHeader Read(Stream stream, string name)
    {
        Span<byte> magic = stackalloc byte[MagicLength + 2];
        if (stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.StartsWith(Magic))
        {
            throw new InvalidDataException($"{name} is no .npy file: it does not begin as np.save begins one.");
        }

        // Version 1 has two bytes for the length of the text, the later ones four.
        int lengthBytes = magic[MagicLength] == 1 ? 2 : 4;
        Span<byte> lengthField = stackalloc byte[4];
        lengthField.Clear();
        stream.ReadExactly(lengthField[..lengthBytes]);
        uint textLength = BinaryPrimitives.ReadUInt32LittleEndian(lengthField);
        if (textLength > 1 << 20)
        {
            throw new InvalidDataException($"{name} has a header of {textLength} bytes, which no array of numbers has.");
        }

        byte[] text = new byte[textLength];
        stream.ReadExactly(text);
        return Parse(Encoding.UTF8.GetString(text), magic.Length + lengthBytes + text.Length, name);
    }

    private static NpyHeader Parse(string text, int length, string name)
    {
        Match type = TypePattern().Match(text);
        Match order = OrderPattern().Match(text);
        Match shape = ShapePattern().Match(text);
        if (!type.Success || !order.Success || !shape.Success)
        {
            throw new InvalidDataException($"{name} has a header that is not understood: {text.Trim()}");
        }

        NpyType numeric = NpyType.Find(type.Groups["value"].Value) ?? throw new InvalidDataException(
            $"{name} holds values of type '{type.Groups["value"].Value}', which are not real numbers. " +
            "Save it as array.astype(np.float32).");
        string[] dimensions = shape.Groups["value"].Value.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        try
        {
            int[] lengths = Array.ConvertAll(dimensions, text => int.Parse(text, CultureInfo.InvariantCulture));
            BlobShape.CheckedCount(lengths);
            return new(numeric, order.Groups["value"].Value == "True", lengths, length);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"{name} has a shape no blob can have, ({string.Join(", ", dimensions)}).", error);
        }
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"](?<value>[^'"]*)['"]""")]
    private static partial Regex TypePattern();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(?<value>True|False)""")]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\((?<value>[^)]*)\)""")]
    private static partial Regex ShapePattern();
}
