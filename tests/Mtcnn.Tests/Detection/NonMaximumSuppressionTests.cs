using Mtcnn.Cascade.Boxes;
using Mtcnn.Faces;

namespace Mtcnn.Tests.Detection;

public sealed class NonMaximumSuppressionTests
{
    [Fact]
    public void Overlap_of_boxes_counts_pixels_inclusively()
    {
        // 3 x 3 and 3 x 3 pixels that share 2 x 2.
        Box first = new(0, 0, 2, 2);
        Box second = new(1, 1, 3, 3);

        Assert.Equal(4.0 / 14, NonMaximumSuppression.Overlap(first, second, OverlapKind.Union), 12);
        Assert.Equal(4.0 / 9, NonMaximumSuppression.Overlap(first, second, OverlapKind.Smaller), 12);
    }

    [Fact]
    public void Overlap_of_a_box_inside_another_when_held_against_the_smaller_is_whole()
    {
        Box outer = new(0, 0, 99, 99);
        Box inner = new(10, 10, 19, 19);

        Assert.Equal(1, NonMaximumSuppression.Overlap(outer, inner, OverlapKind.Smaller), 12);
        Assert.Equal(0.01, NonMaximumSuppression.Overlap(outer, inner, OverlapKind.Union), 12);
    }

    [Theory]
    [InlineData(5, 5, 3, 3)]
    [InlineData(double.NaN, 0, 10, 10)]
    [InlineData(20, 20, 30, 30)]
    public void Overlap_when_there_is_no_common_pixel_is_zero(double left, double top, double right, double bottom)
    {
        Box box = new(0, 0, 10, 10);

        Assert.Equal(0, NonMaximumSuppression.Overlap(box, new Box(left, top, right, bottom), OverlapKind.Union));
        Assert.Equal(0, NonMaximumSuppression.Overlap(box, new Box(left, top, right, bottom), OverlapKind.Smaller));
    }

    [Fact]
    public void Apply_when_overlap_equals_the_threshold_keeps_both()
    {
        // 2 x 1 and 2 x 1 pixels that share 1: a third of the union.
        ScoredBox[] boxes = [new(new Box(0, 0, 1, 0), 0.5f), new(new Box(1, 0, 2, 0), 0.9f)];

        Assert.Equal([1, 0], NonMaximumSuppression.Apply(boxes, new SuppressionRule(1.0 / 3, OverlapKind.Union)));
        Assert.Equal([1], NonMaximumSuppression.Apply(boxes, new SuppressionRule(0.33, OverlapKind.Union)));
    }

    [Fact]
    public void Apply_when_scores_are_equal_prefers_the_earlier_box()
    {
        Box box = new(10, 10, 40, 40);
        ScoredBox[] boxes = [new(box, 0.7f), new(box.MovedBy(1, 0), 0.7f), new(box.MovedBy(200, 0), 0.7f)];

        Assert.Equal([0, 2], NonMaximumSuppression.Apply(boxes, new SuppressionRule(0.5, OverlapKind.Union)));
    }

    [Fact]
    public void Apply_without_boxes_gives_none() =>
        Assert.Empty(NonMaximumSuppression.Apply([], new SuppressionRule(0.5, OverlapKind.Union)));

    [Theory]
    [InlineData(0.5, nameof(OverlapKind.Union), 12, 30)]
    [InlineData(0.7, nameof(OverlapKind.Union), 5, 400)]
    [InlineData(0.7, nameof(OverlapKind.Smaller), 5, 400)]
    [InlineData(0.3, nameof(OverlapKind.Smaller), 40, 60)]
    public void Apply_to_many_boxes_gives_what_comparing_every_pair_gives(double threshold, string kind, int leastSide, int mostSide)
    {
        Random random = new(7);
        ScoredBox[] boxes = new ScoredBox[2000];
        for (int i = 0; i < boxes.Length; i++)
        {
            double side = leastSide + (random.NextDouble() * (mostSide - leastSide));
            Box box = new Box(0, 0, side, side * (0.5 + random.NextDouble())).MovedBy((random.NextDouble() * 900) - 100, (random.NextDouble() * 700) - 100);
            boxes[i] = new ScoredBox(box, (float)Math.Round(random.NextDouble(), 2));
        }

        SuppressionRule rule = new(threshold, Enum.Parse<OverlapKind>(kind));

        Assert.Equal(ByEveryPair(boxes, rule), NonMaximumSuppression.Apply(boxes, rule));
    }

    [Theory]
    [InlineData(0.5, nameof(OverlapKind.Union))]
    [InlineData(0.7, nameof(OverlapKind.Smaller))]
    public void Apply_to_a_hundred_thousand_boxes_keeps_those_that_comparing_every_pair_keeps(double threshold, string kind)
    {
        // A thousand faces, each with a hundred boxes around it.
        Random random = new(3);
        ScoredBox[] boxes = new ScoredBox[100_000];
        Box face = default;
        for (int i = 0; i < boxes.Length; i++)
        {
            face = i % 100 == 0 ? RandomBox(random, 8000, 12, 600) : face;
            double reach = face.Width * 0.06;
            boxes[i] = new ScoredBox(face.MovedBy(random.NextDouble() * reach, random.NextDouble() * reach), random.NextSingle());
        }

        SuppressionRule rule = new(threshold, Enum.Parse<OverlapKind>(kind));

        Assert.Equal(ByEveryPair(boxes, rule), NonMaximumSuppression.Apply(boxes, rule));
    }

    [Theory]
    [InlineData(0.5, nameof(OverlapKind.Union))]
    [InlineData(0.7, nameof(OverlapKind.Union))]
    [InlineData(0.7, nameof(OverlapKind.Smaller))]
    public void Apply_compares_each_box_with_few_others_however_many_there_are(double threshold, string kind)
    {
        double ofTenThousand = ComparisonsPerBox(10_000, 3000, new SuppressionRule(threshold, Enum.Parse<OverlapKind>(kind)));
        double ofHundredThousand = ComparisonsPerBox(100_000, 3000 * Math.Sqrt(10), new SuppressionRule(threshold, Enum.Parse<OverlapKind>(kind)));

        Assert.InRange(ofTenThousand, 1, 60);
        Assert.InRange(ofHundredThousand, 1, 1.3 * ofTenThousand);
    }

    [Fact]
    public void Apply_with_boxes_without_bounds_gives_what_comparing_every_pair_gives()
    {
        Random random = new(9);
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300, -1e12, 0];
        ScoredBox[] boxes = new ScoredBox[500];
        for (int i = 0; i < boxes.Length; i++)
        {
            Box box = RandomBox(random, 300, 1, 80);
            boxes[i] = new ScoredBox(i % 4 == 0 ? box with { Right = odd[random.Next(odd.Length)] } : box, random.NextSingle());
        }

        Assert.All(Enum.GetValues<OverlapKind>(), kind =>
            Assert.Equal(ByEveryPair(boxes, new SuppressionRule(0.3, kind)), NonMaximumSuppression.Apply(boxes, new SuppressionRule(0.3, kind))));
    }

    private static double ComparisonsPerBox(int count, double imageSide, SuppressionRule rule)
    {
        Random random = new(1);
        ScoredBox[] boxes = new ScoredBox[count];
        foreach (ref ScoredBox box in boxes.AsSpan())
        {
            box = new ScoredBox(RandomBox(random, imageSide, 12, 600), random.NextSingle());
        }

        BoxSuppressor suppressor = new();
        Assert.InRange(suppressor.Apply(boxes, rule).Length, 1, count);
        return (double)suppressor.Comparisons / count;
    }

    /// <summary>Returns a square. Small sides are as frequent as among the proposals of an image pyramid.</summary>
    private static Box RandomBox(Random random, double imageSide, double leastSide, double mostSide)
    {
        double side = Math.Min(mostSide, leastSide / Math.Sqrt(1 - random.NextDouble()));
        return new Box(0, 0, side, side).MovedBy(random.NextDouble() * imageSide, random.NextDouble() * imageSide);
    }

    private static List<int> ByEveryPair(ScoredBox[] boxes, SuppressionRule rule)
    {
        List<int> rest = [.. Enumerable.Range(0, boxes.Length).OrderByDescending(index => boxes[index].Score)];
        List<int> kept = [];
        while (rest.Count > 0)
        {
            int best = rest[0];
            kept.Add(best);
            rest.RemoveAll(index => index == best || NonMaximumSuppression.Overlap(boxes[index].Box, boxes[best].Box, rule.Kind) > rule.Threshold);
        }

        return kept;
    }
}
