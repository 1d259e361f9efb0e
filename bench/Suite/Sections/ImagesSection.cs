using Mtcnn.Cascade.Profiles;
using Mtcnn.Imaging;
using Mtcnn.Suite.Reports;
using Mtcnn.Suite.Rivals;
using OpenCvSharp;

namespace Mtcnn.Suite.Sections;

/// <summary>Whole photos, from pixels to faces, in both profiles.</summary>
internal static class ImagesSection
{
    private const int Threads = 2;

    private static readonly string[] s_photos =
        ["astronaut.png", "dlib-faces/2007_007763.jpg", "dlib-faces/2008_002470.jpg", "dlib-faces/bald_guys.jpg", "obama_and_biden.jpg"];

    public static SectionResult Run(int rounds)
    {
        List<ResultTable> tables = [];
        List<ResultChart> charts = [];
        List<Goal> goals = [];
        foreach (CascadeProfile profile in new[] { CascadeProfile.MtcnnCaffe, CascadeProfile.Authors })
        {
            IReadOnlyList<string> names = RivalKind.Of(profile);
            using RivalTurns rivals = new(names, profile, Threads);
            List<IReadOnlyList<string>> rows = [];
            List<double[]> all = [];
            foreach (string photo in s_photos)
            {
                string path = Path.Combine(BenchmarkFolders.Photos, photo);
                using Mat image = ImageReader.Read(path);
                (int faces, double[] medians) = rivals.Measure(path, image, rounds);
                rows.Add([Path.GetFileName(photo), $"{image.Width} x {image.Height}", Figures.Whole(faces), .. medians.Select(Figures.Ms)]);
                all.Add(medians);
            }

            tables.Add(new ResultTable([$"`{profile.Name}`", "pixels", "faces", .. names], rows));
            charts.Add(new ResultChart(
                $"performance-images-{profile.Name}",
                $"A photo, profile {profile.Name}, 2 threads",
                string.Empty,
                [.. s_photos.Select(photo => Path.GetFileNameWithoutExtension(photo))],
                null,
                [.. names.Select((name, index) => new ChartSeries(name, [.. all.Select(medians => medians[index])]))]));
            AddGoals(goals, profile, names, all);
        }

        return new SectionResult(
            "Whole photos",
            "From pixels in memory to faces, 2 threads. CvDnn and ONNX Runtime run within the same C# cascade, a set of single-threaded nets per thread.",
            tables,
            charts,
            goals);
    }

    private static void AddGoals(List<Goal> goals, CascadeProfile profile, IReadOnlyList<string> names, List<double[]> all)
    {
        double Worst(Func<Dictionary<string, double>, double> ratio) =>
            all.Max(medians => ratio(names.Zip(medians).ToDictionary(pair => pair.First, pair => pair.Second)));
        string what = $"A photo, `{profile.Name}`, worst of {all.Count}: ";
        goals.Add(new Goal(
            $"{what}Engine.Accelerated of the cascade over the faster of CvDnn and ONNX Runtime",
            0.5,
            false,
            Worst(times => times[RivalKind.Accelerated] / Math.Min(times[RivalKind.CvDnn], times[RivalKind.Onnx]))));
        if (names.Contains(RivalKind.Pycaffe))
        {
            goals.Add(new Goal($"{what}Engine.Accelerated of the pycaffe demo", 0.08, false, Worst(times => times[RivalKind.Accelerated] / times[RivalKind.Pycaffe])));
            goals.Add(new Goal($"{what}Engine.Caffe of the pycaffe demo", 0.5, false, Worst(times => times[RivalKind.Caffe] / times[RivalKind.Pycaffe])));
        }
    }
}
