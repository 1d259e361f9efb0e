using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.Suite.Rivals;

/// <summary>The demo in Python on the original pycaffe (bench/pycaffe/demo.py), in a process that lives as long as this.</summary>
internal sealed class PycaffeDemo : IDetectorRival
{
    private readonly Process _process;

    /// <param name="threads">The threads of its BLAS and of its OpenCV.</param>
    public PycaffeDemo(int threads)
    {
        ProcessStartInfo start = new(BenchmarkFolders.Python) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(BenchmarkFolders.Repository, "bench", "pycaffe", "demo.py"));
        start.ArgumentList.Add(Path.Combine(BenchmarkFolders.Work, "models"));
        start.Environment["OPENBLAS_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(start)!;
    }

    public string Name => "pycaffe demo";

    /// <summary>The most memory that the process has held by now, in kB.</summary>
    public long PeakKilobytes { get; private set; }

    public RivalAnswer Detect(string path, Mat image)
    {
        JsonElement answer = Ask(JsonSerializer.Serialize(new { image = path }));
        ScoredBox[] faces =
        [
            .. answer.GetProperty("faces").EnumerateArray().Select(face => new ScoredBox(
                new Box(face[0].GetDouble(), face[1].GetDouble(), face[2].GetDouble(), face[3].GetDouble()), face[4].GetSingle())),
        ];
        return new RivalAnswer(faces, answer.GetProperty("milliseconds").GetDouble());
    }

    /// <summary>One forward pass of a net.</summary>
    /// <returns>Milliseconds.</returns>
    public double TimeNet(string name, int[] shape) =>
        Ask(JsonSerializer.Serialize(new { net = name, shape })).GetProperty("milliseconds").GetDouble();

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonElement Ask(string job)
    {
        _process.StandardInput.WriteLine(job);
        string line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("bench/pycaffe/demo.py ended early; the lines above say why.");
        JsonElement answer = JsonElement.Parse(line);
        PeakKilobytes = answer.GetProperty("peak_kb").GetInt64();
        return answer;
    }
}
