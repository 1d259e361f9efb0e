using System.Diagnostics;
using System.Globalization;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Imaging;
using Mtcnn.Suite.Reports;
using Mtcnn.Suite.Rivals;
using OpenCvSharp;

namespace Mtcnn.Suite.Sections;

/// <summary>Every rival in its own new process: how long until the first face, and the most memory.</summary>
internal static class ProcessesSection
{
    /// <summary>The command that runs one rival once.</summary>
    public const string FirstCommand = "first";

    private const double WantedSeconds = 0.5;

    private static readonly string[] s_photos = ["astronaut.png", "obama_and_biden.jpg"];

    public static SectionResult Run(int rounds)
    {
        IReadOnlyList<string> names = RivalKind.Of(CascadeProfile.MtcnnCaffe);
        List<IReadOnlyList<string>> rows = [];
        List<Goal> goals = [];
        foreach (string photo in s_photos)
        {
            string path = Path.Combine(BenchmarkFolders.Photos, photo);
            List<long> peaks = [];
            double[] seconds = Turns.Medians(rounds, [.. names.Select(name => (Func<double>)(() => First(name, path, peaks)))]);
            long[] peakOf = [.. names.Select((_, index) => peaks.Where((_, at) => at % names.Count == index).Max() >> 10)];
            rows.AddRange(names.Select((name, index) => (IReadOnlyList<string>)
                [Path.GetFileName(photo), name, seconds[index].ToString("F2", CultureInfo.InvariantCulture), Figures.Whole(peakOf[index])]));
            string what = $"{Path.GetFileName(photo)}, `mtcnn-caffe`, a new process: ";
            goals.Add(new Goal($"{what}peak memory, Engine.Accelerated of the pycaffe demo", 1, false, peakOf[^1] / (double)peakOf[0]));
            if (photo == s_photos[0])
            {
                goals.Add(new Goal($"{what}seconds to the first face, Engine.Accelerated", WantedSeconds, false, seconds[^1]));
                goals.Add(new Goal($"{what}seconds to the first face, Engine.Caffe", WantedSeconds, false, seconds[1]));
            }
        }

        return new SectionResult(
            "A new process",
            "From the start of the process to the first face, reading the photo among it, profile `mtcnn-caffe`, 2 threads; and the most memory that the process held (VmHWM).",
            [new ResultTable(["photo", string.Empty, "seconds", "MB"], rows)],
            [],
            goals);
    }

    /// <summary>What the new process does: finds the faces and tells its memory.</summary>
    public static void PrintFirst(string rival, string photo)
    {
        using IDetectorRival opened = RivalKind.Open(rival, CascadeProfile.MtcnnCaffe, threads: 2);
        using Mat image = ImageReader.Read(photo);
        int faces = opened.Detect(photo, image).Faces.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{faces} {Machine.PeakKilobytes()}"));
    }

    private static double First(string rival, string photo, List<long> peaks)
    {
        long start = Stopwatch.GetTimestamp();
        if (rival == RivalKind.Pycaffe)
        {
            using PycaffeDemo demo = new(threads: 2);
            using Mat unused = new();
            _ = demo.Detect(photo, unused);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            peaks.Add(demo.PeakKilobytes);
            return seconds;
        }

        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [FirstCommand, rival, photo]) { RedirectStandardOutput = true })!;
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{rival} ended before the first face.");
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.WaitForExit();
        peaks.Add(long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        return elapsed;
    }
}
