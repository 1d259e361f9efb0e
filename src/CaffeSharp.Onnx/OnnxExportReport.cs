namespace CaffeSharp.Onnx;

/// <summary>What an ONNX model holds of a net.</summary>
/// <param name="Inputs">Its inputs: blobs of Input layers, and of data layers, which an application feeds instead.</param>
/// <param name="Outputs">Its outputs, in the net's order or as they were asked for.</param>
/// <param name="DroppedLayers">Layers that are not in it: losses, accuracies, and what the outputs do not need.</param>
public sealed record OnnxExportReport(
    IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<string> DroppedLayers);
