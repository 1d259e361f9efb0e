using BenchmarkDotNet.Attributes;
using Mtcnn.Cascade.Boxes;
using Mtcnn.Faces;

namespace Mtcnn.Benchmarks;

/// <summary>Non-maximum suppression: the time grows with the number of boxes, not with its square.</summary>
[MemoryDiagnoser]
public class SuppressionBenchmarks
{
    private ScoredBox[] _boxes = [];

    [Params(100, 1_000, 10_000, 100_000)]
    public int Boxes { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        // As dense as the proposals of an image with many faces, whatever their number.
        Random random = new(1);
        double imageSide = 30 * Math.Sqrt(Boxes);
        _boxes = new ScoredBox[Boxes];
        foreach (ref ScoredBox box in _boxes.AsSpan())
        {
            double side = Math.Min(600, 12 / Math.Sqrt(1 - random.NextDouble()));
            box = new ScoredBox(
                new Box(0, 0, side, side).MovedBy(random.NextDouble() * imageSide, random.NextDouble() * imageSide), random.NextSingle());
        }
    }

    [Benchmark]
    public int[] ByUnion() => NonMaximumSuppression.Apply(_boxes, new SuppressionRule(0.7, OverlapKind.Union));

    [Benchmark]
    public int[] BySmaller() => NonMaximumSuppression.Apply(_boxes, new SuppressionRule(0.7, OverlapKind.Smaller));
}
