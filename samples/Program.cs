namespace CaffeSharp.Samples;

/// <summary>Runs a sample by its name; without one it lists them.</summary>
internal static class Program
{
    private static readonly Dictionary<string, (string Words, Func<TextWriter, bool> Run)> s_samples = new()
    {
        ["lenet"] = ("trains LeNet to read rendered digits, through LMDB", LenetSample.Run),
    };

    private static int Main(string[] arguments)
    {
        if (arguments is [string name] && s_samples.TryGetValue(name, out var sample))
        {
            return sample.Run(Console.Out) ? 0 : 1;
        }

        Console.WriteLine("Usage: dotnet run --project samples -c Release -- NAME\n");
        foreach ((string known, (string words, _)) in s_samples)
        {
            Console.WriteLine($"  {known,-10} {words}");
        }

        return arguments.Length == 0 ? 0 : 2;
    }
}
