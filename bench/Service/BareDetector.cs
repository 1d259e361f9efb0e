using System.Diagnostics;
using Mtcnn.Detection;

namespace Mtcnn.ServiceLoad;

/// <summary>What the service is measured against: the detector in a loop on two threads, decoding included, without a server.</summary>
internal sealed class BareDetector(byte[] photo) : IDisposable
{
    private const int Callers = 2;

    private readonly FaceDetector _detector = new(new FaceDetectorOptions { RefineLandmarks = true });

    /// <summary>Looks for faces for so long.</summary>
    public Throughput Run(TimeSpan duration)
    {
        using Process self = Process.GetCurrentProcess();
        TimeSpan cpu = self.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        int images = 0;
        Thread[] callers = [.. Enumerable.Range(0, Callers).Select(_ => new Thread(Call))];
        foreach (Thread caller in callers)
        {
            caller.Start();
        }

        foreach (Thread caller in callers)
        {
            caller.Join();
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        self.Refresh();
        return new Throughput(images, elapsed, self.TotalProcessorTime - cpu);

        void Call()
        {
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                _ = _detector.Detect(photo);
                _ = Interlocked.Increment(ref images);
            }
        }
    }

    public void Dispose() => _detector.Dispose();
}
