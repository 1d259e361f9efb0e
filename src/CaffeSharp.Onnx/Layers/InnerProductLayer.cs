using CaffeSharp.Messages;

namespace CaffeSharp.Onnx;

/// <summary>The product of the values from one axis on with a matrix.</summary>
internal static class InnerProductLayer
{
    internal static IReadOnlyList<OnnxValue> Convert(OnnxLayer layer)
    {
        InnerProductParameter parameter = layer.Definition.InnerProductParam;
        OnnxValue bottom = layer.Bottom;
        int axis = bottom.Canonical(parameter.Axis);
        int inputs = layer.FixedCount(bottom, axis, bottom.Axes);
        OnnxDimension[] outer = [.. bottom.Shape.Take(axis)];
        string rows = axis == bottom.Axes - 1 ? bottom.Name : layer.Reshape(bottom, [.. outer, new(inputs)]);
        string product = axis == 1 ? Gemm(layer, parameter, rows) : MatMul(layer, parameter, rows, inputs);
        return [layer.Top(product, 0, [.. outer.Select(dimension => dimension.Symbol), null])];
    }

    private static string Gemm(OnnxLayer layer, InnerProductParameter parameter, string rows)
    {
        string[] inputs = parameter.BiasTerm ? [rows, layer.Weight(0), Bias(layer)] : [rows, layer.Weight(0)];
        // Caffe's weights have a row for each output, unless they are said to be transposed.
        return layer.Add("Gemm", inputs, OnnxAttribute.Int("transB", parameter.Transpose ? 0 : 1));
    }

    private static string MatMul(OnnxLayer layer, InnerProductParameter parameter, string rows, int inputs)
    {
        int outputs = (int)parameter.NumOutput;
        string weights = parameter.Transpose
            ? layer.Weight(0)
            : layer.Floats("weight0", Transposed(layer.Parameters[0].Data.Span, outputs, inputs), inputs, outputs);
        string product = layer.Add("MatMul", [rows, weights]);
        return parameter.BiasTerm ? layer.Add("Add", [product, Bias(layer)]) : product;
    }

    private static string Bias(OnnxLayer layer) => layer.Weight(1, layer.Parameters[1].Count);

    private static float[] Transposed(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        float[] transposed = new float[matrix.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                transposed[(column * rows) + row] = matrix[(row * columns) + column];
            }
        }

        return transposed;
    }
}
