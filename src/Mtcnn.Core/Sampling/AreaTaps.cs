namespace Mtcnn.Sampling;

/// <summary>
/// The source pixels that a target pixel covers along one axis where an image shrinks by area, and their weights: a part
/// of the first, the middle ones whole, a part of the last. As <c>cv::resize(INTER_AREA)</c> computes them.
/// </summary>
internal readonly struct AreaTaps
{
    // OpenCV leaves out what is covered by less.
    private const double Least = 1e-3;

    private readonly float _leading;
    private readonly float _middle;
    private readonly float _trailing;
    private readonly bool _hasTrailing;

    /// <param name="index">The target pixel.</param>
    /// <param name="from">Source pixels.</param>
    /// <param name="to">Target pixels, at most as many.</param>
    public AreaTaps(int index, int from, int to)
    {
        double scale = 1 / ((double)to / from);
        double start = index * scale;
        double end = start + scale;
        double length = Math.Min(scale, from - start);
        int last = Math.Min((int)Math.Floor(end), from - 1);
        int first = Math.Min((int)Math.Ceiling(start), last);
        bool hasLeading = first - start > Least;
        _hasTrailing = end - last > Least;
        _middle = (float)(1.0 / length);
        _leading = hasLeading ? (float)((first - start) / length) : _middle;
        _trailing = (float)(Math.Min(Math.Min(end - last, 1.0), length) / length);
        First = hasLeading ? first - 1 : first;
        Count = last - First + (_hasTrailing ? 1 : 0);
    }

    /// <summary>The first source pixel.</summary>
    public int First { get; }

    /// <summary>How many there are, at least 1.</summary>
    public int Count { get; }

    /// <summary>The weight of one of them, counted from 0.</summary>
    public float this[int tap] => _hasTrailing && tap == Count - 1 ? _trailing : tap == 0 ? _leading : _middle;
}
