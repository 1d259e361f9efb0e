using CaffeSharp.Tests.Support;
using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Evaluation.Fddb;

namespace Mtcnn.Tests.Evaluation;

public sealed class FddbEvaluationTests : IDisposable
{
    // An ellipse also covers the pixels of its outline.
    private const double Rim = 0.02;

    private static readonly ImageSize Size = new(400, 300);

    // An upright ellipse and the box around it overlap by about a quarter of pi.
    private static readonly FddbEllipse Face = new(new ImagePoint(100, 100), 50, 40, Math.PI / 2);
    private static readonly Box Around = new(60, 50, 140, 150);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Of_the_box_around_an_ellipse_overlaps_by_a_quarter_of_pi()
    {
        FddbRocPoint point = Assert.Single(FddbEvaluation.Of([Image([Face], (Around, 0.9f))]));

        Assert.Equal((0, 1.0), (point.FalsePositives, point.Discrete));
        Assert.Equal(Math.PI / 4, point.Continuous, Rim);
    }

    [Fact]
    public void Of_an_ellipse_turned_by_a_right_angle_lies_along_the_other_axis()
    {
        FddbEllipse lying = Face with { Angle = 0 };

        Assert.Equal(Math.PI / 4, FddbEvaluation.Of([Image([lying], (new Box(50, 60, 150, 140), 0.9f))])[0].Continuous, Rim);
        Assert.Equal(Math.PI / 4, FddbEvaluation.Of([Image([Face with { Angle = -Math.PI / 2 }], (Around, 0.9f))])[0].Continuous, Rim);
    }

    [Fact]
    public void Of_an_overlap_of_less_than_half_counts_in_the_continuous_score_and_as_a_false_positive()
    {
        FddbRocPoint point = FddbEvaluation.Of([Image([Face], (Around.MovedBy(40, 0), 0.9f))])[0];

        Assert.Equal((1, 0.0), (point.FalsePositives, point.Discrete));
        Assert.InRange(point.Continuous, 0.2, 0.4);
    }

    [Fact]
    public void Of_an_image_cuts_off_what_lies_outside()
    {
        FddbEllipse half = Face with { Center = new ImagePoint(0, 100) };

        Assert.Equal(Math.PI / 4, FddbEvaluation.Of([Image([half], (new Box(-40, 50, 40, 150), 0.9f))])[0].Continuous, Rim);
    }

    [Fact]
    public void Of_images_gives_a_point_a_score_over_all_of_them()
    {
        FddbEllipse other = Face with { Center = new ImagePoint(300, 100) };
        FddbDetections one = Image([Face, other], (Around, 0.9f), (new Box(200, 200, 220, 220), 0.5f), (Around.MovedBy(200, 0), 0.3f));
        FddbDetections two = Image([Face], (Around, 0.5f));
        FddbDetections empty = Image([Face]);

        IReadOnlyList<FddbRocPoint> points = FddbEvaluation.Of([one, two, empty]);

        Assert.Equal([0.9, 0.5, 0.3], points.Select(point => point.Score), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0, 1, 1], points.Select(point => point.FalsePositives));
        Assert.Equal([0.25, 0.5, 0.75], points.Select(point => point.Discrete));
    }

    [Fact]
    public void Of_two_detections_of_one_face_pairs_the_better_one()
    {
        FddbRocPoint point = FddbEvaluation.Of([Image([Face], (Around.MovedBy(10, 0), 0.9f), (Around, 0.8f))])[^1];

        Assert.Equal((1, 1.0), (point.FalsePositives, point.Discrete));
        Assert.Equal(Math.PI / 4, point.Continuous, Rim);
    }

    [Fact]
    public void Of_no_faces_or_no_detections_has_no_rate()
    {
        Assert.Empty(FddbEvaluation.Of([Image([Face])]));
        Assert.Empty(FddbEvaluation.Of([]));
        Assert.Equal(new FddbRocPoint(0.5, 1, 0, 0), Assert.Single(FddbEvaluation.Of([Image([], (Around, 0.5f))])));
    }

    [Fact]
    public void Matching_takes_the_largest_sum_and_not_the_largest_pair() =>
        Assert.Equal([1, 0], MaximumMatching.Of([[0.9, 0.8], [0.8, 0.1]]));

    [Theory]
    [InlineData(1, 5, 3)]
    [InlineData(2, 3, 5)]
    [InlineData(3, 4, 4)]
    [InlineData(4, 1, 6)]
    public void Matching_of_random_weights_is_as_good_as_the_best_of_all(int seed, int rows, int columns)
    {
        Random random = new(seed);
        for (int round = 0; round < 30; round++)
        {
            double[][] weights = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => random.Next(3) == 0 ? 0 : random.NextDouble()).ToArray())];

            int[] partners = MaximumMatching.Of(weights);

            int[] used = [.. partners.Where(column => column >= 0)];
            Assert.Equal(used.Length, used.Distinct().Count());
            Assert.Equal(Best(weights, 0, []), partners.Select((column, row) => column < 0 ? 0 : weights[row][column]).Sum(), 9);
        }
    }

    [Fact]
    public void Read_of_folds_gives_images_and_ellipses()
    {
        Write("FDDB-fold-01-ellipseList.txt", "2002/08/11/big/img_591\n1\n123.5 85.5 1.265 269.7 161.5  1\n\n2002/08/26/big/img_265\n0\n");
        Write("FDDB-fold-02-ellipseList.txt", "2002/07/19/big/img_423\n2\n10 9 0 1 2 1\n10 8 -1 3 4 1");
        Write("FDDB-fold-01.txt", "2002/08/11/big/img_591\n");

        IReadOnlyList<FddbImage> images = FddbFolds.Read(_folder.Path);

        Assert.Equal([1, 0, 2], images.Select(image => image.Faces.Count));
        Assert.Equal("2002/08/11/big/img_591.jpg", images[0].RelativePath);
        Assert.Equal(new FddbEllipse(new ImagePoint(269.7, 161.5), 123.5, 85.5, 1.265), images[0].Faces[0]);
    }

    [Theory]
    [InlineData("a\n", "(2): expected the number of faces of a")]
    [InlineData("a\nb\n", "(2): expected the number of faces of a")]
    [InlineData("a\n2\n1 1 0 1 1 1\n", "(2): expected 2 faces of a, but the file ends after 1")]
    [InlineData("a\n1\n1 1 0 1\n", "(3): expected an ellipse")]
    [InlineData("a\n1\n1 0 0 1 1 1\n", "(3): expected an ellipse")]
    [InlineData("a\n1\n1 1 x 1 1 1\n", "(3): expected an ellipse")]
    public void Read_of_wrong_folds_says_where(string content, string message)
    {
        string path = Write("x-ellipseList.txt", content);

        Assert.Contains(path + message, Assert.Throws<AnnotationException>(() => FddbFolds.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_when_there_are_no_folds_says_so()
    {
        Assert.Contains("no *ellipseList.txt", Assert.Throws<AnnotationException>(() => FddbFolds.Read(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<AnnotationException>(() => FddbFolds.Read(Path.Combine(_folder.Path, "none.txt")));
    }

    [Fact]
    public void Write_makes_the_files_of_the_official_evaluation()
    {
        using StringWriter text = new();
        FddbResultFiles.Write(text, "2002/08/11/big/img_591", [new ScoredBox(new Box(1, 2, 11.5, 22), 0.75f)]);
        FddbResultFiles.WriteCurves(_folder.Path, [new FddbRocPoint(0.75, 3, 0.5, 0.25)]);

        Assert.Equal("2002/08/11/big/img_591\n1\n1 2 10.5 20 0.75\n", text.ToString());
        Assert.Equal("0.5 3 0.75\n", File.ReadAllText(Path.Combine(_folder.Path, "DiscROC.txt")));
        Assert.Equal("0.25 3 0.75\n", File.ReadAllText(Path.Combine(_folder.Path, "ContROC.txt")));
    }

    public void Dispose() => _folder.Dispose();

    // Tries all pairings of the rows from this one.
    private static double Best(double[][] weights, int row, HashSet<int> taken)
    {
        if (row == weights.Length)
        {
            return 0;
        }

        double best = Best(weights, row + 1, taken);
        foreach (int column in Enumerable.Range(0, weights[row].Length).Where(column => !taken.Contains(column)))
        {
            best = Math.Max(best, weights[row][column] + Best(weights, row + 1, [.. taken, column]));
        }

        return best;
    }

    private static FddbDetections Image(FddbEllipse[] faces, params (Box Box, float Score)[] detected) =>
        new(new FddbImage("image", faces), Size, [.. detected.Select(found => new ScoredBox(found.Box, found.Score))]);

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, content);
        return path;
    }
}
