using Google.Protobuf;

namespace CaffeSharp.Onnx;

/// <summary>Takes nets with their weights out of Caffe, as models of ONNX (operator set 13, 32-bit floats, one file of at most
/// 2 GB). Inputs are fed as the Caffe net's are; outputs keep their blobs' names. Layers are exported as they infer, whatever
/// phase the net is of: dropout passes values through, batch norm takes its global statistics, losses and accuracies are left
/// out. Poolings keep Caffe's rounding and its counting of padding at every size of input. A net is exported by one thread at a
/// time; it stays as it is.</summary>
public static class OnnxExporter
{
    /// <summary>Exports a net into a file.</summary>
    /// <param name="net">The net, with the weights and shapes that it has now.</param>
    /// <param name="path">The file, which is replaced, and appears whole or not at all.</param>
    /// <param name="options">How; null for any batch size at the net's size of input.</param>
    /// <exception cref="ArgumentException">The path is empty; or inputs of any size are required, and no input has four
    /// axes.</exception>
    /// <exception cref="KeyNotFoundException">An output is asked for that the net does not make.</exception>
    /// <exception cref="CaffeException">A layer has no counterpart in ONNX, or not at any size of input
    /// (<see cref="CaffeErrorKind.Unsupported"/>, with the layer and what to do); the model is larger than 2 GB; or the file
    /// cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public static OnnxExportReport ExportOnnx(this Net net, string path, OnnxExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (ModelProto model, OnnxExportReport report) = OnnxModel.Of(net, options ?? new());
        BinaryProto.WriteFile(path, model);
        return report;
    }

    /// <summary>Exports a net into memory.</summary>
    /// <param name="net">The net, with the weights and shapes that it has now.</param>
    /// <param name="options">How; null for any batch size at the net's size of input.</param>
    /// <returns>The bytes of an .onnx file.</returns>
    /// <exception cref="ArgumentException">Inputs of any size are required, and no input has four axes.</exception>
    /// <exception cref="KeyNotFoundException">An output is asked for that the net does not make.</exception>
    /// <exception cref="CaffeException">A layer has no counterpart in ONNX, or not at any size of input
    /// (<see cref="CaffeErrorKind.Unsupported"/>, with the layer and what to do); or the model is larger than 2 GB.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public static byte[] ToOnnx(this Net net, OnnxExportOptions? options = null) =>
        OnnxModel.Of(net, options ?? new()).Model.ToByteArray();
}
