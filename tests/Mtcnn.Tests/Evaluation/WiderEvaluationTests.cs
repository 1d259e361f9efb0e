using Mtcnn.Faces;
using Mtcnn.Training.Evaluation;
using Mtcnn.Training.Evaluation.Wider;

namespace Mtcnn.Tests.Evaluation;

public sealed class WiderEvaluationTests
{
    private static readonly Box First = new(10, 10, 50, 60);
    private static readonly Box Second = new(100, 10, 140, 60);

    [Fact]
    public void Of_every_face_found_first_is_one()
    {
        PrecisionRecallCurve curve = Curve([Image([First, Second], [0, 1])], [new(First, 0.9f), new(Second, 0.5f)]);

        Assert.Equal(2, curve.Faces);
        Assert.Equal(WiderEvaluation.Thresholds, curve.Points.Count);
        Assert.Equal(1, curve.AveragePrecision!.Value, 12);
    }

    [Fact]
    public void Of_a_face_that_does_not_count_leaves_its_detections_out()
    {
        PrecisionRecallCurve curve = Curve([Image([First, Second], [1])], [new(First, 0.9f), new(Second, 0.8f), new(new Box(300, 300, 320, 320), 0.1f)]);

        Assert.Equal(1, curve.Faces);
        Assert.Equal(1, curve.AveragePrecision!.Value, 12);
        Assert.Equal(0.5, curve.Points[^1].Precision);
    }

    [Fact]
    public void Of_a_second_detection_of_a_face_lowers_precision()
    {
        PrecisionRecallCurve curve = Curve([Image([First, Second], [0, 1])], [new(First, 0.9f), new(First.MovedBy(1, 1), 0.8f), new(Second, 0.1f)]);

        Assert.Equal(2 / 3.0, curve.Points[^1].Precision, 12);
        Assert.Equal(0.5 + (0.5 * 2 / 3), curve.AveragePrecision!.Value, 12);
    }

    [Fact]
    public void Of_an_image_without_a_face_or_without_a_detection_counts_only_its_faces()
    {
        PrecisionRecallCurve curve = WiderEvaluation.Of(
            [Image([First], [0]), Image([], []), Image([Second], [0])],
            [[new ScoredBox(First, 0.9f)], [new ScoredBox(First, 0.95f)], []],
            WiderDifficulty.Hard);

        Assert.Equal((2, 1.0, 0.5), (curve.Faces, curve.Points[^1].Precision, curve.Points[^1].Recall));
        Assert.Equal(0.5, curve.AveragePrecision!.Value, 12);
    }

    [Fact]
    public void Of_nothing_found_is_nought_and_of_no_face_that_counts_is_not_a_figure()
    {
        Assert.Equal(0, Curve([Image([First], [0])], []).AveragePrecision);
        Assert.Null(Curve([Image([First], [])], [new(First, 0.9f)]).AveragePrecision);
    }

    [Fact]
    public void Of_scores_that_are_all_equal_takes_them_as_one() =>
        Assert.Equal(1, Curve([Image([First, Second], [0, 1])], [new(First, 0.9f), new(Second, 0.9f)]).AveragePrecision!.Value, 12);

    [Fact]
    public void Of_another_number_of_lists_than_images_is_refused() =>
        Assert.Throws<ArgumentException>(() => WiderEvaluation.Of([Image([First], [0])], [], WiderDifficulty.Easy));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Of_random_images_is_what_the_official_procedure_gives(int seed)
    {
        Random random = new(seed);
        List<WiderImage> images = [];
        List<IReadOnlyList<ScoredBox>> detected = [];
        for (int i = 0; i < 12; i++)
        {
            Box[] marked = [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => RandomBox(random))];
            images.Add(Image(marked, [.. Enumerable.Range(0, marked.Length).Where(_ => random.Next(3) > 0)]));

            // Boxes near marked faces, some of them twice, and at random places. Scores are coarse, so that many are equal.
            detected.Add([.. marked.Concat(marked).Where(_ => random.Next(4) > 0).Select(box => box.MovedBy(random.Next(-9, 10), random.Next(-9, 10)))
                .Concat(Enumerable.Range(0, random.Next(0, 3)).Select(_ => RandomBox(random)))
                .Select(box => new ScoredBox(box, random.Next(20) / 20f))]);
        }

        PrecisionRecallCurve curve = WiderEvaluation.Of(images, detected, WiderDifficulty.Hard);

        (double average, double[] recalls, double[] precisions) = OfficialWiderProcedure.Run(images, detected, WiderDifficulty.Hard);
        Assert.Equal(recalls, curve.Points.Select(point => point.Recall));
        Assert.Equal(precisions, curve.Points.Select(point => point.Precision));
        Assert.Equal(average, curve.AveragePrecision!.Value, 12);
        Assert.InRange(average, 0.05, 0.95);
    }

    private static Box RandomBox(Random random)
    {
        int left = random.Next(400);
        int top = random.Next(400);
        return new Box(left, top, left + random.Next(20, 60), top + random.Next(20, 60));
    }

    private static PrecisionRecallCurve Curve(WiderImage[] images, ScoredBox[] detected) =>
        WiderEvaluation.Of(images, [detected], WiderDifficulty.Hard);

    private static WiderImage Image(Box[] boxes, int[] counted) =>
        new("0--Parade", "image", boxes, Enum.GetValues<WiderDifficulty>().ToDictionary(difficulty => difficulty, _ => (IReadOnlyList<int>)counted));
}
