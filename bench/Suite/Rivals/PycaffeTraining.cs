using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Mtcnn.Suite.Rivals;

/// <summary>A recorded training in pycaffe with Python layers (tests/pycaffe/train.py), in a process that lives as long as this.</summary>
internal sealed class PycaffeTraining : IDisposable
{
    private readonly Process _process;

    /// <param name="folder">The recorded training.</param>
    /// <param name="threads">The threads of its BLAS.</param>
    public PycaffeTraining(string folder, int threads)
    {
        ProcessStartInfo start = new(BenchmarkFolders.Python) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(BenchmarkFolders.Repository, "tests", "pycaffe", "train.py"));
        start.ArgumentList.Add(folder);
        start.Environment["OPENBLAS_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(start)!;
    }

    /// <summary>By the net's outputs, the loss of each iteration so far.</summary>
    public Dictionary<string, List<float>> Losses { get; } = [];

    /// <summary>Continues for some iterations.</summary>
    /// <returns>Milliseconds of one.</returns>
    public double Step(int iterations)
    {
        _process.StandardInput.WriteLine(iterations.ToString(CultureInfo.InvariantCulture));
        string line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("tests/pycaffe/train.py ended early; the lines above say why.");
        JsonElement answer = JsonElement.Parse(line);
        foreach (JsonProperty output in answer.GetProperty("losses").EnumerateObject())
        {
            if (!Losses.TryGetValue(output.Name, out List<float>? losses))
            {
                Losses.Add(output.Name, losses = []);
            }

            losses.AddRange(output.Value.EnumerateArray().Select(loss => loss.GetSingle()));
        }

        return answer.GetProperty("seconds").GetDouble() * 1000 / iterations;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
