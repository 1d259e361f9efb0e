using System.IO.Compression;
using System.Text;
using Mtcnn.Training.Annotations;

namespace Mtcnn.Training.Evaluation.Matlab;

/// <summary>Reads MATLAB's MAT files of version 5 (what `save -v6` and `save -v7` write): numbers, text and cells, compressed or not.</summary>
internal sealed class MatFile
{
    private const int HeaderLength = 128;

    // Official files are much smaller. The limit prevents a forged size from exhausting memory.
    private const int LargestVariable = 512 * 1024 * 1024;

    private readonly string _path;
    private readonly bool _bigEndian;

    private MatFile(string path, bool bigEndian)
    {
        _path = path;
        _bigEndian = bigEndian;
    }

    /// <summary>Reads the variables of a file.</summary>
    /// <exception cref="AnnotationException">The file is missing, truncated, or not a MAT file of version 5.</exception>
    public static IReadOnlyDictionary<string, MatArray> Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AnnotationException($"{path}: cannot be read: {exception.Message}", exception);
        }

        if (bytes.Length < HeaderLength || bytes.AsSpan(126, 2) is not ([(byte)'I', (byte)'M'] or [(byte)'M', (byte)'I']))
        {
            throw new AnnotationException($"{path}: not a MAT file of MATLAB's version 5 or 7.");
        }

        if (Encoding.Latin1.GetString(bytes, 0, 10) == "MATLAB 7.3")
        {
            throw new AnnotationException($"{path}: MAT files of version 7.3 are not supported. Save the file again in MATLAB with `save -v7`.");
        }

        return new MatFile(path, bytes[126] == 'M').ReadVariables(bytes);
    }

    private Dictionary<string, MatArray> ReadVariables(byte[] bytes)
    {
        Dictionary<string, MatArray> variables = new(StringComparer.Ordinal);
        ReadOnlySpan<byte> rest = bytes.AsSpan(HeaderLength);
        while (rest.Length > 0)
        {
            int place = bytes.Length - rest.Length;
            try
            {
                MatElement element = MatElement.Take(ref rest, _bigEndian);
                if (element.Type == MatType.Compressed)
                {
                    ReadOnlySpan<byte> plain = Inflate(element.Data);
                    element = MatElement.Take(ref plain, _bigEndian);
                }

                if (element.Type == MatType.Matrix && MatMatrix.Read(element.Data, _bigEndian, depth: 0) is { } array)
                {
                    variables[array.Name] = array;
                }
            }
            catch (InvalidDataException exception)
            {
                throw new AnnotationException($"{_path}: the variable at byte {place} is damaged: {exception.Message}", exception);
            }
        }

        return variables;
    }

    private static byte[] Inflate(ReadOnlySpan<byte> data)
    {
        using ZLibStream stream = new(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
        using MemoryStream plain = new();
        byte[] buffer = new byte[81920];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            plain.Write(buffer, 0, read);
            if (plain.Length > LargestVariable)
            {
                throw new InvalidDataException("the variable is larger than half a gigabyte.");
            }
        }

        return plain.ToArray();
    }
}
