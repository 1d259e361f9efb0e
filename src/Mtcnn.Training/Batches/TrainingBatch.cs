namespace Mtcnn.Training.Batches;

/// <summary>The crops and targets that the first layer of a training net outputs in one iteration. Not thread-safe.</summary>
public sealed class TrainingBatch
{
    /// <summary>The value of a missing label, and of the first number of missing offsets or points. The row then gives no gradient for that task.</summary>
    public const float None = -1;

    /// <summary>The number of offsets per row.</summary>
    public const int OffsetCount = 4;

    /// <summary>The number of point coordinates per row.</summary>
    public const int PointCount = 10;

    private readonly float[] _data;
    private readonly float[] _labels;
    private readonly float[] _offsets;
    private readonly float[] _points;

    /// <summary>Creates a batch of zeros, without labels, offsets and points.</summary>
    /// <param name="size">The number of rows.</param>
    /// <param name="side">The side of its crops in pixels.</param>
    /// <param name="channels">The number of planes per crop: three, or fifteen if a crop consists of five patches.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public TrainingBatch(int size, int side, int channels = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        Size = size;
        Side = side;
        Channels = channels;
        _data = new float[size * RowLength];
        _labels = new float[size];
        _offsets = new float[size * OffsetCount];
        _points = new float[size * PointCount];
        ClearTargets();
    }

    /// <summary>The number of rows.</summary>
    public int Size { get; }

    /// <summary>The side of its crops in pixels.</summary>
    public int Side { get; }

    /// <summary>The number of planes per crop.</summary>
    public int Channels { get; }

    /// <summary>Size x channels x side x side: red, green, blue, transposed (the third axis is the image's x), a pixel p as (p - 127.5) / 128.</summary>
    public Span<float> Data => _data;

    /// <summary>The label of each row: 1 for a face, 0 for a non-face, or <see cref="None"/>.</summary>
    public Span<float> Labels => _labels;

    /// <summary>For each row, the offsets of the face's left, top, right and bottom edges from the crop's edges, in crop sides.</summary>
    public Span<float> Offsets => _offsets;

    /// <summary>For each row, the x of the five points, then their y, relative to the top left corner of the crop or of the point's patch, in its sides.</summary>
    public Span<float> Points => _points;

    private int RowLength => Channels * Side * Side;

    /// <summary>One row of <see cref="Data"/>.</summary>
    public Span<float> Row(int row) => _data.AsSpan(row * RowLength, RowLength);

    /// <summary>Removes the labels, offsets and points of all rows.</summary>
    public void ClearTargets()
    {
        Labels.Fill(None);
        Offsets.Fill(None);
        Points.Fill(None);
    }
}
