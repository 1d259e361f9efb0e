using System.IO.Compression;
using System.Text;

namespace Mtcnn.Tests.Evaluation;

/// <summary>Writes MAT files of version 5 as MATLAB does, for tests of their reader.</summary>
internal static class MatWriter
{
    private const int Int8 = 1;
    private const int UInt16 = 4;
    private const int Int32 = 5;
    private const int UInt32 = 6;
    private const int Double = 9;
    private const int Matrix = 14;
    private const int Compressed = 15;

    /// <summary>A file of variables, each compressed or not.</summary>
    public static byte[] File(bool compressed, params byte[][] variables)
    {
        MemoryStream file = new();
        byte[] header = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, for tests".PadRight(116)).CopyTo(header, 0);
        (header[124], header[125], header[126], header[127]) = (0, 1, (byte)'I', (byte)'M');
        file.Write(header);
        foreach (byte[] variable in variables)
        {
            file.Write(compressed ? Deflated(variable) : variable);
        }

        return file.ToArray();
    }

    /// <summary>A matrix of numbers, given row by row.</summary>
    public static byte[] Numbers(string name, params double[][] rows)
    {
        int columns = rows.Length == 0 ? 0 : rows[0].Length;
        byte[] values = [.. Enumerable.Range(0, columns).SelectMany(column => rows.SelectMany(row => BitConverter.GetBytes(row[column])))];
        return MatrixOf(6, name, [rows.Length, columns], Element(Double, values));
    }

    public static byte[] Text(string name, string text) => MatrixOf(4, name, [1, text.Length], Element(UInt16, Encoding.Unicode.GetBytes(text)));

    /// <summary>A column of cells.</summary>
    public static byte[] Cells(string name, params byte[][] members) => MatrixOf(1, name, [members.Length, 1], [.. members.SelectMany(member => member)]);

    /// <summary>The element that MATLAB writes for an unset member of a cell array.</summary>
    public static byte[] Nothing { get; } = Element(Matrix, []);

    private static byte[] MatrixOf(int kind, string name, int[] dimensions, byte[] content) => Element(Matrix,
    [
        .. Element(UInt32, [.. BitConverter.GetBytes(kind), 0, 0, 0, 0]),
        .. Element(Int32, [.. dimensions.SelectMany(BitConverter.GetBytes)]),
        .. Element(Int8, Encoding.ASCII.GetBytes(name)),
        .. content,
    ]);

    private static byte[] Element(int type, byte[] data)
    {
        if (data.Length is > 0 and <= 4)
        {
            return [.. BitConverter.GetBytes((data.Length << 16) | type), .. data, .. new byte[4 - data.Length]];
        }

        int padding = (8 - (data.Length % 8)) % 8;
        return [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[padding]];
    }

    private static byte[] Deflated(byte[] variable)
    {
        MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionMode.Compress, leaveOpen: true))
        {
            zlib.Write(variable);
        }

        return [.. BitConverter.GetBytes(Compressed), .. BitConverter.GetBytes((int)packed.Length), .. packed.ToArray()];
    }
}
