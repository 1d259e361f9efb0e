using System.Globalization;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Suite.Reports;
using Mtcnn.Suite.Rivals;
using OpenCvSharp;

namespace Mtcnn.Suite.Sections;

/// <summary>How the cost grows with the pixels, and with the faces.</summary>
internal static class GrowthSection
{
    private const int Threads = 2;

    private static readonly (string Name, Size Size)[] s_sizes =
        [("VGA", new Size(640, 480)), ("720p", new Size(1280, 720)), ("1080p", new Size(1920, 1080)), ("4K", MadeImages.Large)];

    private static readonly int[] s_faces = [0, 10, 30, 100, 200, 300];

    public static SectionResult RunSizes(int rounds)
    {
        IReadOnlyList<string> names = RivalKind.Of(CascadeProfile.Authors);
        List<(string Label, double Place, int Faces, double[] Medians)> points = [];
        using (RivalTurns rivals = new(names, CascadeProfile.Authors, Threads))
        {
            foreach ((string name, Size size) in s_sizes)
            {
                using Mat image = MadeImages.Scaled("obama_and_biden.jpg", size);
                (int faces, double[] medians) = rivals.Measure(name, image, rounds);
                points.Add((name, size.Width * (double)size.Height / 1e6, faces, medians));
            }
        }

        double[] rates = [.. points.Select(point => point.Medians[^1] / point.Place)];
        return Result(
            "Sizes",
            "One photo at four sizes, profile `authors`, 2 threads, faces from 20 pixels at every size.",
            new ResultChart("performance-sizes", "A photo by size, 2 threads", "megapixels", [], [], []),
            names,
            points,
            new Goal("Engine.Accelerated, milliseconds per pixel, 4K of VGA", 1.2, false, rates[^1] / rates[0]));
    }

    public static SectionResult RunFaces(int rounds)
    {
        string[] names = [RivalKind.CvDnn, RivalKind.Onnx, RivalKind.Accelerated];
        List<(string Label, double Place, int Faces, double[] Medians)> points = [];
        using (RivalTurns rivals = new(names, CascadeProfile.Authors, Threads))
        {
            foreach (int wanted in s_faces)
            {
                using Mat image = MadeImages.Grid(wanted);
                (int faces, double[] medians) = rivals.Measure($"{wanted} faces", image, rounds);
                points.Add((wanted.ToString(CultureInfo.InvariantCulture), wanted, faces, medians));
            }
        }

        // The cost of a face from 100 to 300, of that from 0 to 100.
        double early = (points[3].Medians[^1] - points[0].Medians[^1]) / (s_faces[3] - s_faces[0]);
        double late = (points[5].Medians[^1] - points[3].Medians[^1]) / (s_faces[5] - s_faces[3]);
        return Result(
            "Faces",
            "Faces of photos in a grid at 4K, profile `authors`, 2 threads. In the first column how many were put there, in the second how many were found.",
            new ResultChart("performance-faces", "4K by number of faces, 2 threads", "faces", [], [], []),
            names,
            points,
            new Goal("Engine.Accelerated, milliseconds a further face, from 100 to 300 of from 0 to 100", 1.2, false, late / early));
    }

    private static SectionResult Result(
        string title,
        string remark,
        ResultChart chart,
        IReadOnlyList<string> names,
        List<(string Label, double Place, int Faces, double[] Medians)> points,
        Goal goal)
    {
        ResultTable table = new(
            [string.Empty, "faces", .. names],
            [.. points.Select(point => (IReadOnlyList<string>)[point.Label, Figures.Whole(point.Faces), .. point.Medians.Select(Figures.Ms)])]);
        ResultChart drawn = chart with
        {
            Labels = [.. points.Select(point => point.Label)],
            Places = [.. points.Select(point => point.Place)],
            Series = [.. names.Select((name, index) => new ChartSeries(name, [.. points.Select(point => point.Medians[index])]))],
        };
        return new SectionResult(title, remark, [table], [drawn], [goal]);
    }
}
