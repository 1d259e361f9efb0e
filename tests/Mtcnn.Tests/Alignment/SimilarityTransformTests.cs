using Mtcnn.Alignment;
using Mtcnn.Faces;

namespace Mtcnn.Tests.Alignment;

public sealed class SimilarityTransformTests
{
    private static readonly ImagePoint[] s_points = [new(10, 20), new(90, 25), new(50, 60), new(20, 100), new(80, 95)];

    [Fact]
    public void Fit_of_points_moved_by_a_transform_finds_it()
    {
        SimilarityTransform expected = new(-1.2, 0.5, 7, -300);

        SimilarityTransform found = SimilarityTransform.Fit(s_points, Array.ConvertAll(s_points, expected.Apply));

        Assert.Equal(expected.ScaledCos, found.ScaledCos, 9);
        Assert.Equal(expected.ScaledSin, found.ScaledSin, 9);
        Assert.Equal(expected.ShiftX, found.ShiftX, 9);
        Assert.Equal(expected.ShiftY, found.ShiftY, 9);
        Assert.Equal(1.3, found.Scale, 9);
    }

    [Fact]
    public void Fit_of_points_that_no_transform_brings_together_leaves_the_least_squares()
    {
        Random random = new(1991);
        ImagePoint[] target = Array.ConvertAll(s_points, point => new ImagePoint((0.4 * point.X) + random.Next(9), (0.4 * point.Y) + random.Next(9)));

        SimilarityTransform fit = SimilarityTransform.Fit(s_points, target);

        double best = Error(fit, target);
        SimilarityTransform[] others =
        [
            fit with { ScaledCos = fit.ScaledCos + 1e-3 }, fit with { ScaledCos = fit.ScaledCos - 1e-3 },
            fit with { ScaledSin = fit.ScaledSin + 1e-3 }, fit with { ScaledSin = fit.ScaledSin - 1e-3 },
            fit with { ShiftX = fit.ShiftX + 0.01 }, fit with { ShiftX = fit.ShiftX - 0.01 },
            fit with { ShiftY = fit.ShiftY + 0.01 }, fit with { ShiftY = fit.ShiftY - 0.01 },
        ];
        Assert.InRange(best, 1, 500);
        Assert.All(others, other => Assert.True(Error(other, target) > best));
    }

    [Fact]
    public void Fit_of_mirrored_points_turns_but_never_mirrors()
    {
        ImagePoint[] mirrored = Array.ConvertAll(s_points, point => new ImagePoint(-point.X, point.Y));

        SimilarityTransform fit = SimilarityTransform.Fit(s_points, mirrored);

        double[] matrix = fit.ToMatrix();
        Assert.True((matrix[0] * matrix[4]) - (matrix[1] * matrix[3]) > 0);
    }

    [Fact]
    public void Inverse_takes_every_point_back()
    {
        SimilarityTransform transform = new(0.3, -2, 100, 5);

        Assert.All(s_points, point => Assert.InRange(transform.Inverse().Apply(transform.Apply(point)).DistanceTo(point), 0, 1e-9));
    }

    [Fact]
    public void Fit_of_points_that_say_nothing_is_refused_in_words()
    {
        ImagePoint[] same = [new(3, 4), new(3, 4)];
        ImagePoint[] two = [new(0, 0), new(1, 1)];
        ImagePoint[] notNumbers = [new(double.NaN, 0), new(1, double.PositiveInfinity)];

        Assert.Contains("coincide", Assert.Throws<ArgumentException>(() => SimilarityTransform.Fit(same, two)).Message, StringComparison.Ordinal);
        Assert.Contains("coincide", Assert.Throws<ArgumentException>(() => SimilarityTransform.Fit(two, same)).Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => SimilarityTransform.Fit(notNumbers, two)).Message, StringComparison.Ordinal);
        Assert.Contains("not 5 and 2", Assert.Throws<ArgumentException>(() => SimilarityTransform.Fit(s_points, two)).Message, StringComparison.Ordinal);
    }

    private static double Error(SimilarityTransform transform, ImagePoint[] target) =>
        s_points.Zip(target, (from, to) => Math.Pow(transform.Apply(from).DistanceTo(to), 2)).Sum();
}
