using CaffeSharp;
using CaffeSharp.Onnx;
using Microsoft.ML.OnnxRuntime;
using Mtcnn.Cascade.Nets;
using Mtcnn.Sampling;

namespace Mtcnn.Suite.Rivals;

/// <summary>A network in ONNX Runtime, exported by this library.</summary>
internal sealed class OnnxPass : IEnginePass
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private float[] _values = [];
    private long[] _shape = [];
    private IDisposableReadOnlyCollection<OrtValue>? _outputs;

    /// <param name="name">The net's name.</param>
    /// <param name="threads">The threads of a pass.</param>
    public OnnxPass(string name, int threads)
    {
        using Net net = BenchmarkFolders.Load(name, new NetOptions());
        using SessionOptions options = new() { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        // Its threads would continue spinning into the next one's turn.
        options.AddSessionConfigEntry("session.force_spinning_stop", "1");
        _session = new InferenceSession(net.ToOnnx(new OnnxExportOptions { DynamicSize = name == NetworkDefinition.Proposal.Name }), options);
    }

    public Span<float> Input(int count, int width, int height)
    {
        _shape = [count, Resampling.Channels, width, height];
        int length = count * Resampling.Channels * width * height;
        if (_values.Length < length)
        {
            _values = new float[length];
        }

        return _values.AsSpan(0, length);
    }

    public void Forward()
    {
        int length = (int)(_shape[0] * _shape[1] * _shape[2] * _shape[3]);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _values.AsMemory(0, length), _shape);
        _outputs?.Dispose();
        _outputs = _session.Run(_run, _session.InputNames, [input], _session.OutputNames);
    }

    public ReadOnlySpan<float> Output(string blob) => _outputs![_session.OutputNames.ToList().IndexOf(blob)].GetTensorDataAsSpan<float>();

    public void Dispose()
    {
        _outputs?.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
