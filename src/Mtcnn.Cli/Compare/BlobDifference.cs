namespace Mtcnn.Cli.Compare;

/// <summary>How far a blob is from pycaffe's, over all inputs so far.</summary>
internal sealed class BlobDifference(string net, string blob)
{
    public string Net { get; } = net;

    public string Blob { get; } = blob;

    /// <summary>How many values were compared.</summary>
    public long Values { get; private set; }

    /// <summary>The largest difference of two values; infinite where one is not a number, or where shapes differ.</summary>
    public double LargestAbsolute { get; private set; }

    /// <summary>The largest difference as a share of the largest value of pycaffe's blob.</summary>
    public double LargestRelative { get; private set; }

    /// <summary>Whether one of the two is at most so much: values above 1 are rounded in proportion.</summary>
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
            // A comparison with NaN is false: what is not a number in one only must not pass.
            bool same = ours[index].Equals(theirs[index]);
            difference = same || distance <= difference ? difference : double.IsNaN(distance) ? double.PositiveInfinity : distance;
            magnitude = Math.Max(magnitude, Math.Abs(theirs[index]));
        }

        LargestAbsolute = Math.Max(LargestAbsolute, difference);
        LargestRelative = Math.Max(LargestRelative, difference == 0 ? 0 : difference / magnitude);
    }
}
