namespace Mtcnn.ServiceLoad;

/// <summary>All answers of a time.</summary>
internal sealed class LoadAnswers(IReadOnlyList<LoadAnswer> all, TimeSpan elapsed)
{
    private const int Ok = 200;
    private const int Unavailable = 503;

    private readonly double[] _accepted = [.. all.Where(answer => answer.Status == Ok).Select(answer => answer.Latency.TotalMilliseconds).Order()];

    public double AcceptedPerSecond => _accepted.Length / elapsed.TotalSeconds;

    /// <summary>The part that was refused and told when to come again.</summary>
    public double Refused => all.Count(answer => answer is { Status: Unavailable, SaysWhenToRetry: true }) / (double)all.Count;

    /// <summary>Answers that are neither faces nor such a refusal.</summary>
    public int Others => all.Count(answer => answer.Status != Ok && answer is not { Status: Unavailable, SaysWhenToRetry: true });

    /// <summary>The latency in milliseconds that so large a part of the accepted requests stays below.</summary>
    public double Percentile(double part) => _accepted[Math.Min((int)(part * _accepted.Length), _accepted.Length - 1)];
}
