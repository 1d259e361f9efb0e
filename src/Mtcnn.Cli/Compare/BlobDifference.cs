namespace Mtcnn.Cli.Compare;

/// <summary>The differences between a blob and pycaffe's, over all inputs so far.</summary>
internal sealed class BlobDifference(string net, string blob)
{
    public string Net { get; } = net;

    public string Blob { get; } = blob;

    /// <summary>The number of compared values.</summary>
    public long Values { get; private set; }

    /// <summary>The largest difference of two values; infinite if only one of them is NaN, or if the shapes differ.</summary>
    public double LargestAbsolute { get; private set; }

    /// <summary>The largest difference as a share of the largest value of pycaffe's blob.</summary>
    public double LargestRelative { get; private set; }

    /// <summary>Whether the absolute or the relative difference is within the tolerance. The rounding errors of values above 1 grow with the values.</summary>
    public bool IsWithin(double tolerance) => Math.Min(LargestAbsolute, LargestRelative) <= tolerance;

    public void Add(ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs)
    {
        Values += theirs.Length;
        if (ours.Length != theirs.Length)
        {
            LargestAbsolute = LargestRelative = double.PositiveInfinity;
            return;
        }

        double difference = 0;
        double magnitude = 0;
        for (int index = 0; index < theirs.Length; index++)
        {
            double distance = Math.Abs((double)ours[index] - theirs[index]);
            // Comparisons with NaN are false: a NaN in only one of the blobs must not pass.
            bool same = ours[index].Equals(theirs[index]);
            difference = same || distance <= difference ? difference : double.IsNaN(distance) ? double.PositiveInfinity : distance;
            magnitude = Math.Max(magnitude, Math.Abs(theirs[index]));
        }

        LargestAbsolute = Math.Max(LargestAbsolute, difference);
        LargestRelative = Math.Max(LargestRelative, difference == 0 ? 0 : difference / magnitude);
    }
}
