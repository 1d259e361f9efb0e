using System.Diagnostics;
using System.Globalization;
using CaffeSharp;
using Mtcnn.Detection;
using Mtcnn.Imaging;
using Mtcnn.Suite.Reports;
using OpenCvSharp;

namespace Mtcnn.Suite.Sections;

/// <summary>Images per second on one core and on two, and what an image allocates.</summary>
internal static class ThreadsSection
{
    private const int Fewest = 12;

    // Long enough that the first images and the last, which have no others beside them, count little.
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(2);

    private static readonly string[] s_photos = ["astronaut.png", "dlib-faces/bald_guys.jpg"];

    public static SectionResult Run(int rounds)
    {
        List<IReadOnlyList<string>> rows = [];
        List<Goal> goals = [];
        foreach (Engine engine in new[] { Engine.Caffe, Engine.Accelerated })
        {
            foreach (string photo in s_photos)
            {
                using Mat image = ImageReader.Read(Path.Combine(BenchmarkFolders.Photos, photo));
                using FaceDetector alone = new(new FaceDetectorOptions { Engine = engine, Threads = 1 });
                using FaceDetector spread = new(new FaceDetectorOptions { Engine = engine, Threads = 2 });
                _ = alone.Detect(image);
                int images = Math.Max(Fewest, (int)(s_turn.TotalSeconds / Seconds(() => InTurn(alone, image, 1))));
                double[] seconds = Turns.MediansOfWarm(
                    rounds,
                    [
                        () => Seconds(() => InTurn(alone, image, images)),
                        () => Seconds(() => InTurn(spread, image, images)),
                        () => Seconds(() => Batch(spread, image, images)),
                    ]);
                double allocated = Allocated(alone, image);
                rows.Add(
                [
                    $"Engine.{engine}",
                    Path.GetFileName(photo),
                    .. seconds.Select(time => (images / time).ToString("F1", CultureInfo.InvariantCulture)),
                    Figures.Ratio(seconds[0] / seconds[1]),
                    Figures.Ratio(seconds[0] / seconds[2]),
                    Figures.Whole(allocated),
                ]);
                string what = $"Engine.{engine}, {Path.GetFileName(photo)}: images per second of two cores, of one";
                goals.Add(new Goal(what, 1.8, true, seconds[0] / seconds[2]));
            }
        }

        return new SectionResult(
            "Threads",
            "Images per second from pixels in memory, profile `authors`: one after the other on one thread, one after the other on two, and many at once " +
            "(`DetectBatchAsync`). Allocated are bytes of the managed heap an image, once warm, on one thread; they are the list of faces and of levels.",
            [new ResultTable(["engine", "photo", "1 thread", "2 threads", "many at once", "2 threads of 1", "many of 1", "bytes"], rows)],
            [],
            goals);
    }

    private static void InTurn(FaceDetector detector, Mat image, int images)
    {
        for (int i = 0; i < images; i++)
        {
            _ = detector.Detect(image);
        }
    }

    private static void Batch(FaceDetector detector, Mat image, int images)
    {
        IAsyncEnumerable<int> numbers = Enumerable.Range(0, images).ToAsyncEnumerable();
        foreach (ImageFaces<int> result in detector.DetectBatchAsync(numbers, _ => image.Clone()).ToBlockingEnumerable())
        {
            if (result.Error is { } error)
            {
                throw error;
            }
        }
    }

    private static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Allocated(FaceDetector detector, Mat image)
    {
        const int Times = 4;
        long before = GC.GetAllocatedBytesForCurrentThread();
        InTurn(detector, image, Times);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }
}
