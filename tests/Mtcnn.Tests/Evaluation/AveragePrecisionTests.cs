using Mtcnn.Faces;
using Mtcnn.Training.Evaluation;

namespace Mtcnn.Tests.Evaluation;

public sealed class AveragePrecisionTests
{
    private static readonly Box First = new(0, 0, 40, 40);
    private static readonly Box Second = new(100, 0, 140, 40);
    private static readonly Box Elsewhere = new(300, 300, 340, 340);

    [Fact]
    public void Of_right_wrong_right_is_five_sixths()
    {
        PrecisionRecallCurve curve = Curve([First, Second], (First, 0.9f), (Elsewhere, 0.8f), (Second, 0.7f));

        Assert.Equal(2, curve.Faces);
        Assert.Equal([1, 0.5, 2 / 3.0], curve.Points.Select(point => point.Precision));
        Assert.Equal([0.5, 0.5, 1], curve.Points.Select(point => point.Recall));
        Assert.Equal((0.5 * 1) + (0.5 * 2 / 3), curve.AveragePrecision!.Value, 12);
    }

    [Fact]
    public void Of_wrong_before_right_takes_the_best_precision_at_any_higher_recall()
    {
        PrecisionRecallCurve curve = Curve([First, Second], (Elsewhere, 0.9f), (First, 0.8f), (Second, 0.7f));

        Assert.Equal(2 / 3.0, curve.AveragePrecision!.Value, 12);
    }

    [Fact]
    public void Of_a_second_detection_of_a_face_counts_as_false()
    {
        PrecisionRecallCurve curve = Curve([First, Second], (First, 0.9f), (First.MovedBy(2, 0), 0.8f), (Second, 0.7f));

        Assert.Equal([1, 0.5, 2 / 3.0], curve.Points.Select(point => point.Precision));
    }

    [Fact]
    public void Of_detections_of_one_score_is_one_point_whatever_their_order()
    {
        PrecisionRecallCurve one = Curve([First], (First, 0.5f), (Elsewhere, 0.5f));
        PrecisionRecallCurve other = Curve([First], (Elsewhere, 0.5f), (First, 0.5f));

        Assert.Equal([new PrecisionRecallPoint(0.5, 1, 0.5)], one.Points);
        Assert.Equal(one.Points, other.Points);
    }

    [Fact]
    public void Of_ignored_faces_counts_neither_them_nor_their_detections()
    {
        ImageBoxes image = new([new MarkedBox(First), new MarkedBox(Second, IsIgnored: true)], [new(Second, 0.9f), new(Second, 0.8f), new(First, 0.7f)]);

        PrecisionRecallCurve curve = AveragePrecision.Of([image]);

        Assert.Equal(1, curve.Faces);
        Assert.Equal(1, curve.AveragePrecision);
        Assert.Single(curve.Points);
    }

    [Fact]
    public void Of_faces_below_the_smallest_size_ignores_them_and_small_false_detections()
    {
        Box small = new(200, 200, 210, 219.5);
        ImageBoxes image = new(
            [new MarkedBox(First), new MarkedBox(small)],
            [new(small, 0.9f), new(new Box(250, 250, 260, 260), 0.85f), new(new Box(260, 260, 280, 270), 0.8f), new(First, 0.7f)]);

        PrecisionRecallCurve curve = AveragePrecision.Of([image], smallest: 20);

        Assert.Equal(1, curve.Faces);
        Assert.Equal([0, 0.5], curve.Points.Select(point => point.Precision));
        Assert.Equal(2, AveragePrecision.Of([image]).Faces);
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.51, 0)]
    public void Of_a_detection_at_the_least_overlap_finds_the_face(double overlap, double expected)
    {
        // The box covers exactly half of the face: an intersection over union of exactly 0.5.
        ImageBoxes image = new([new MarkedBox(First)], [new(new Box(0, 0, 40, 20), 0.9f)]);

        Assert.Equal(expected, AveragePrecision.Of([image], overlap).AveragePrecision);
    }

    [Fact]
    public void Of_nothing_found_is_nought_and_of_no_face_is_not_a_figure()
    {
        Assert.Equal(0, Curve([First]).AveragePrecision);
        Assert.Null(Curve([], (First, 0.9f)).AveragePrecision);
        Assert.Null(AveragePrecision.Of([]).AveragePrecision);
        Assert.Null(AveragePrecision.Of([new ImageBoxes([new MarkedBox(First, IsIgnored: true)], [new(First, 1)])]).AveragePrecision);
    }

    [Fact]
    public void Of_images_orders_detections_over_all_of_them()
    {
        ImageBoxes one = new([new MarkedBox(First)], [new(First, 0.6f)]);
        ImageBoxes other = new([new MarkedBox(Second)], [new(Elsewhere, 0.9f), new(First, 0.5f)]);

        PrecisionRecallCurve curve = AveragePrecision.Of([one, other]);

        Assert.Equal([0, 0.5, 1 / 3.0], curve.Points.Select(point => point.Precision));
        Assert.Equal(0.25, curve.AveragePrecision!.Value, 12);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1.1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0.5, -1)]
    public void Of_limits_out_of_range_is_refused(double overlap, double smallest) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AveragePrecision.Of([], overlap, smallest));

    private static PrecisionRecallCurve Curve(Box[] marked, params (Box Box, float Score)[] detected) => AveragePrecision.Of(
        [new ImageBoxes([.. marked.Select(box => new MarkedBox(box))], [.. detected.Select(found => new ScoredBox(found.Box, found.Score))])]);
}
