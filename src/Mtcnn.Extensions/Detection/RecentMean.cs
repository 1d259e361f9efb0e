namespace Mtcnn.Extensions;

/// <summary>How long something takes nowadays: a mean in which each new duration weighs a tenth. Thread-safe.</summary>
internal sealed class RecentMean
{
    private const double Weight = 0.1;

    private readonly Lock _gate = new();
    private double? _seconds;

    /// <summary>Zero before the first duration.</summary>
    public double Seconds
    {
        get
        {
            lock (_gate)
            {
                return _seconds ?? 0;
            }
        }
    }

    public void Add(TimeSpan duration)
    {
        lock (_gate)
        {
            _seconds = _seconds is { } mean ? mean + ((duration.TotalSeconds - mean) * Weight) : duration.TotalSeconds;
        }
    }
}
