using System.Globalization;
using System.Text.Json;
using CaffeSharp;

namespace Mtcnn.ThreadBudget;

/// <summary>
/// Runs two detectors, a solver and asynchronous passes of nets at once, on more threads than there are processors, and prints what they did
/// and which threads computed, as JSON. Usage: Mtcnn.ThreadBudget [--threads N] [--seconds S] IMAGE...
/// </summary>
internal static class Program
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static int Main(string[] arguments)
    {
        double seconds = 3;
        List<string> images = [];
        for (int at = 0; at < arguments.Length; at++)
        {
            switch (arguments[at])
            {
                case "--threads":
                    CaffeRuntime.Threads = int.Parse(arguments[++at], CultureInfo.InvariantCulture);
                    break;
                case "--seconds":
                    seconds = double.Parse(arguments[++at], CultureInfo.InvariantCulture);
                    break;
                default:
                    images.Add(arguments[at]);
                    break;
            }
        }

        if (images.Count == 0)
        {
            Console.Error.WriteLine("Usage: Mtcnn.ThreadBudget [--threads N] [--seconds S] IMAGE...");
            return 2;
        }

        using Workload workload = new(images);
        string digest = workload.Digest();
        Observation observation = workload.RunFor(TimeSpan.FromSeconds(seconds));
        Console.WriteLine(JsonSerializer.Serialize(observation with { Digest = digest }, s_json));
        return 0;
    }
}
