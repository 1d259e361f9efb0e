using System.Diagnostics;
using System.Globalization;
using CaffeSharp;
using Mtcnn.Detection;
using Mtcnn.Imaging;
using OpenCvSharp;

namespace Mtcnn.Benchmarks;

/// <summary>
/// Whole pictures with either engine, on one thread and on all, taking turns within one process, so that what else the machine does
/// falls on all alike. Prints a table in Markdown: medians in milliseconds on the clock.
/// </summary>
internal static class PictureComparison
{
    private const int Rounds = 15;

    private static readonly (Engine Engine, int? Threads)[] Ways =
        [(Engine.Caffe, 1), (Engine.Caffe, null), (Engine.Accelerated, 1), (Engine.Accelerated, null)];

    /// <summary>Measures pictures.</summary>
    /// <param name="paths">Their files; none for the sample of the repository.</param>
    public static void Run(IReadOnlyList<string> paths)
    {
        Console.WriteLine("| picture | profile | faces | Caffe, 1 thread | Caffe, all | accelerated, 1 thread | accelerated, all |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (CascadeProfile profile in new[] { CascadeProfile.Authors, CascadeProfile.MtcnnCaffe })
        {
            FaceDetector[] detectors = Array.ConvertAll(
                Ways, way => new FaceDetector(new FaceDetectorOptions { Profile = profile, Engine = way.Engine, Threads = way.Threads }));
            foreach (string? path in paths.DefaultIfEmpty())
            {
                using Mat picture = path is null ? BenchmarkFiles.ReadPicture() : ImageReader.Read(path);
                Measure($"{Path.GetFileName(path) ?? "sample"}, {picture.Width} x {picture.Height}", profile, detectors, picture);
            }

            Array.ForEach(detectors, detector => detector.Dispose());
        }
    }

    private static void Measure(string name, CascadeProfile profile, FaceDetector[] detectors, Mat picture)
    {
        int faces = Array.ConvertAll(detectors, detector => detector.Detect(picture).Count).Distinct().Single();
        double[][] times = Array.ConvertAll(detectors, _ => new double[Rounds]);
        for (int round = 0; round < Rounds; round++)
        {
            for (int way = 0; way < detectors.Length; way++)
            {
                long start = Stopwatch.GetTimestamp();
                _ = detectors[way].Detect(picture);
                times[way][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        IEnumerable<string> medians = times.Select(ofWay => ofWay.Order().ElementAt(Rounds / 2).ToString("F1", CultureInfo.InvariantCulture));
        Console.WriteLine($"| {name} | {profile.Name} | {faces} | {string.Join(" | ", medians)} |");
    }
}
