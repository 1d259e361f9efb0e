using CaffeSharp;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Time;

/// <summary>Runs `mtcnn time` with parsed arguments.</summary>
internal sealed class TimeRun(
    string prototxt, string? weights, NetOptions options, IReadOnlyList<InputShape> shapes, int iterations, bool withBackward,
    bool asJson, CancellationToken stop)
{
    public async Task<int> RunAsync()
    {
        using Net net = weights is null ? Net.FromFile(prototxt, options) : Net.FromFile(prototxt, weights, options);
        SetShapes(net);
        NetTiming? timing = null;
        await ProgressBar.RunAsync(
            "Iterations",
            iterations,
            sharesTerminal: false,
            report => Task.Run(() => timing = Measure(net, report), stop)).ConfigureAwait(false);
        Write(net, timing!);
        return ExitCode.Success;
    }

    private NetTiming Measure(Net net, IProgressReport report)
    {
        try
        {
            return NetTiming.Measure(net, iterations, withBackward, new Iterations(report), stop);
        }
        catch (CaffeException failure) when (withBackward && failure.Kind == CaffeErrorKind.Check)
        {
            throw new CommandException(
                failure.Message, "If a layer has no backward pass, time only the forward passes with --forward-only.", failure);
        }
    }

    private void SetShapes(Net net)
    {
        foreach (InputShape shape in shapes)
        {
            if (!net.Inputs.TryGetValue(shape.Input, out Blob? input))
            {
                string inputs = net.Inputs.Count == 0 ? "the network has no inputs" : $"its inputs are {string.Join(", ", net.Inputs.Names)}";
                throw new CommandException($"{prototxt} has no input '{shape.Input}' to reshape: {inputs}.");
            }

            input.Reshape([.. shape.Lengths]);
            input.MutableData.Span.Clear();
        }

        net.Reshape();
    }

    private void Write(Net net, NetTiming timing)
    {
        using Stream output = StandardOutput.Open();
        if (asJson)
        {
            output.Write(TimingJson.ToBytes(net, timing).Span);
            output.WriteByte((byte)'\n');
            return;
        }

        using (TextWriter text = StandardOutput.OpenText())
        {
            string times = timing.Iterations == 1 ? "1 iteration" : $"{timing.Iterations} iterations";
            string name = net.Name.Length == 0 ? "without a name" : $"\"{net.Name}\"";
            text.WriteLine($"{prototxt}: net {name}, {(net.Phase == Phase.Train ? "train" : "test")} phase, {net.Device}, {times}; milliseconds");
        }

        Tables.Write(TimingTable.Create(timing), output);
    }

    // Progress<T> would report on other threads, and also after the end.
    private sealed class Iterations(IProgressReport report) : IProgress<int>
    {
        public void Report(int value) => report.Done(value);
    }
}
