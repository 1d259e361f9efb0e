using System.Text;

namespace Mtcnn.Training.Evaluation.Matlab;

/// <summary>Reads the contents of a MAT file's matrix element.</summary>
internal static class MatMatrix
{
    private const int CellClass = 1;
    private const int CharacterClass = 4;
    private const int FirstNumericClass = 6;
    private const int LastNumericClass = 15;
    private const int DeepestCell = 16;

    /// <summary>
    /// Returns the array, or null for kinds that are skipped (structures, objects, sparse matrices). Throws
    /// <see cref="InvalidDataException"/> if the element is damaged.
    /// </summary>
    public static MatArray? Read(ReadOnlySpan<byte> data, bool bigEndian, int depth)
    {
        if (depth > DeepestCell)
        {
            throw new InvalidDataException("cells are nested too deeply.");
        }

        // MATLAB writes an empty member of a cell array as a matrix of no bytes.
        if (data.IsEmpty)
        {
            return new MatArray("", [0, 0], [], null, null);
        }

        double[] flags = MatElement.Take(ref data, bigEndian).ToNumbers();
        int kind = flags.Length > 0 ? (int)flags[0] & 0xff : 0;
        int[] dimensions = Array.ConvertAll(MatElement.Take(ref data, bigEndian).ToNumbers(), size => (int)size);
        string name = Encoding.Latin1.GetString(MatElement.Take(ref data, bigEndian).Data);
        long count = dimensions.Aggregate(1L, (product, size) => size < 0 ? -1 : Math.Min(product * size, int.MaxValue));
        switch (kind)
        {
            case CellClass:
                return new MatArray(name, dimensions, null, null, ReadCells(data, bigEndian, count, depth));
            case CharacterClass:
                return new MatArray(name, dimensions, null, TextOf(MatElement.Take(ref data, bigEndian)), null);
            case >= FirstNumericClass and <= LastNumericClass:
                double[] numbers = MatElement.Take(ref data, bigEndian).ToNumbers();
                return numbers.Length == count
                    ? new MatArray(name, dimensions, numbers, null, null)
                    : throw new InvalidDataException($"expected {count} numbers, but found {numbers.Length}.");
            default:
                return null;
        }
    }

    private static List<MatArray> ReadCells(ReadOnlySpan<byte> data, bool bigEndian, long count, int depth)
    {
        List<MatArray> cells = [];
        for (long i = 0; i < count; i++)
        {
            MatElement element = MatElement.Take(ref data, bigEndian);
            cells.Add(element.Type == MatType.Matrix && Read(element.Data, bigEndian, depth + 1) is { } array
                ? array
                : throw new InvalidDataException("a member of a cell array is neither numbers nor text nor cells."));
        }

        return cells;
    }

    private static string TextOf(MatElement element) => element.Type == MatType.Utf8
        ? Encoding.UTF8.GetString(element.Data)
        : string.Concat(element.ToNumbers().Select(character => (char)character));
}
