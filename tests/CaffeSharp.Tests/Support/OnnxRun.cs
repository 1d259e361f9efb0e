using Microsoft.ML.OnnxRuntime;

namespace CaffeSharp.Tests.Support;

/// <summary>A model run by ONNX Runtime, held against the net it was made of.</summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly InferenceSession _session;

    internal OnnxRun(byte[] model)
    {
        using SessionOptions options = Options();
        _session = new(model, options);
    }

    internal OnnxRun(string path)
    {
        using SessionOptions options = Options();
        _session = new(path, options);
    }

    internal IReadOnlyList<string> Inputs => _session.InputNames;

    internal IReadOnlyList<string> Outputs => _session.OutputNames;

    /// <summary>The symbol of each axis; empty for a fixed one.</summary>
    internal string[] Symbols(string input) => _session.InputMetadata[input].SymbolicDimensions;

    /// <summary>Lengths of an output's axes, -1 for those of any length.</summary>
    internal int[] OutputShape(string output) => _session.OutputMetadata[output].Dimensions;

    /// <summary>Runs the net and the model on what the net's inputs hold.</summary>
    /// <returns>The largest absolute difference of all outputs, whose shapes are the same; of large values (above 1), relative to
    /// the largest.</returns>
    internal double DifferenceFrom(Net net)
    {
        // Before the net runs, which may write over its inputs.
        List<OrtValue> inputs = [.. Inputs.Select(name => Value(net.Blobs[name]))];
        net.Forward();
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, Inputs, inputs, Outputs);
        double largest = 0;
        foreach ((string name, OrtValue output) in Outputs.Zip(outputs))
        {
            Blob blob = net.Blobs[name];
            Assert.Equal(blob.Shape.ToArray(), output.GetTensorTypeAndShape().Shape.Select(length => (int)length));
            float scale = Math.Max(1, blob.Count == 0 ? 1 : blob.Data.Span.ToArray().Max(MathF.Abs));
            largest = Math.Max(largest, Close.Difference(blob.Data.Span, output.GetTensorDataAsSpan<float>()) / scale);
        }

        inputs.ForEach(input => input.Dispose());
        return largest;
    }

    public void Dispose() => _session.Dispose();

    private static SessionOptions Options() =>
        new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };

    private static OrtValue Value(Blob blob) =>
        OrtValue.CreateTensorValueFromMemory(blob.Data.Span.ToArray(), [.. blob.Shape.ToArray().Select(length => (long)length)]);
}
