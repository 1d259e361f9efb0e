namespace Mtcnn.Training.Batches;

/// <summary>Crops with what a net should say of them: what the first layer of a training net hands out in one iteration. One thread uses it at a time.</summary>
public sealed class TrainingBatch
{
    /// <summary>Stands in a row's label, or first in its offsets or points, where the row has none: it gives that task no gradient.</summary>
    public const float None = -1;

    /// <summary>Numbers of a row's offsets.</summary>
    public const int OffsetCount = 4;

    /// <summary>Numbers of a row's points.</summary>
    public const int PointCount = 10;

    private readonly float[] _data;
    private readonly float[] _labels;
    private readonly float[] _offsets;
    private readonly float[] _points;

    /// <summary>A batch of zeros, without labels, offsets and points.</summary>
    /// <param name="size">Its rows.</param>
    /// <param name="side">The side of its crops in pixels.</param>
    /// <param name="channels">The planes of its crops: three, or fifteen where a crop is five patches.</param>
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

    /// <summary>Its rows.</summary>
    public int Size { get; }

    /// <summary>The side of its crops in pixels.</summary>
    public int Side { get; }

    /// <summary>The planes of its crops.</summary>
    public int Channels { get; }

    /// <summary>Size x channels x side x side: red, green, blue, transposed (the third axis is the image's x), a pixel p as (p - 127.5) / 128.</summary>
    public Span<float> Data => _data;

    /// <summary>By row: 1 face, 0 none, or <see cref="None"/>.</summary>
    public Span<float> Labels => _labels;

    /// <summary>By row the offsets of the face's left, top, right and bottom edge from the crop's, in crop sides.</summary>
    public Span<float> Offsets => _offsets;

    /// <summary>By row the x of the five points, then their y, from the left top corner of the crop, or of the point's own patch, in its sides.</summary>
    public Span<float> Points => _points;

    private int RowLength => Channels * Side * Side;

    /// <summary>One row of <see cref="Data"/>.</summary>
    public Span<float> Row(int row) => _data.AsSpan(row * RowLength, RowLength);

    /// <summary>Takes every row's label, offsets and points away.</summary>
    public void ClearTargets()
    {
        Labels.Fill(None);
        Offsets.Fill(None);
        Points.Fill(None);
    }
}
