using System.Buffers;

namespace Mtcnn.Sampling;

/// <summary>
/// The two rows that bilinear resampling mixes, already resampled across. Going down, the lower row is often the upper one
/// of a later pair, and is not made again.
/// </summary>
/// <typeparam name="T">A pixel of such a row.</typeparam>
internal ref struct RowPair<T>
    where T : unmanaged
{
    private readonly int _width;
    private T[] _upper;
    private T[] _lower;
    private int _upperRow;
    private int _lowerRow;

    public RowPair(int width)
    {
        _width = width;
        _upper = ArrayPool<T>.Shared.Rent(width);
        _lower = ArrayPool<T>.Shared.Rent(width);
        _upperRow = -1;
        _lowerRow = -1;
    }

    /// <summary>The upper row.</summary>
    public readonly Span<T> Upper => _upper.AsSpan(0, _width);

    /// <summary>The lower row.</summary>
    public readonly Span<T> Lower => _lower.AsSpan(0, _width);

    /// <summary>Makes a row the upper one.</summary>
    /// <returns>Whether it has to be filled first.</returns>
    public bool MoveUpperTo(int row)
    {
        if (row == _lowerRow)
        {
            (_upper, _lower) = (_lower, _upper);
            (_upperRow, _lowerRow) = (_lowerRow, _upperRow);
        }

        bool isNew = row != _upperRow;
        _upperRow = row;
        return isNew;
    }

    /// <summary>Makes a row the lower one.</summary>
    /// <returns>Whether it has to be filled first.</returns>
    public bool MoveLowerTo(int row)
    {
        bool isNew = row != _lowerRow;
        _lowerRow = row;
        return isNew;
    }

    /// <summary>Gives the rows back to the pool they are from.</summary>
    public readonly void GiveBack()
    {
        ArrayPool<T>.Shared.Return(_upper);
        ArrayPool<T>.Shared.Return(_lower);
    }
}
