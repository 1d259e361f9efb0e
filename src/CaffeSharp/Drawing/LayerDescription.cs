using System.Collections;
using System.Globalization;
using CaffeSharp.Messages;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CaffeSharp;

/// <summary>A layer in words: its type and the parameters that say what it does. Layers of forks are described by what their
/// prototxt sets.</summary>
internal static class LayerDescription
{
    private const int LongestText = 32;
    private const int MostItems = 8;

    /// <summary>"Convolution", "Pooling MAX", "Eltwise SUM".</summary>
    internal static string Type(LayerParameter layer) => layer.Type switch
    {
        "Pooling" => $"Pooling {EnumName(layer.PoolingParam ?? new(), PoolingParameter.PoolFieldNumber)}",
        "Eltwise" => $"Eltwise {EnumName(layer.EltwiseParam ?? new(), EltwiseParameter.OperationFieldNumber)}",
        _ => layer.Type,
    };

    /// <summary>Its parameters, each a few words.</summary>
    internal static IReadOnlyList<string> Parameters(LayerParameter layer, bool withLearningRates)
    {
        List<string> items = layer.Type switch
        {
            "Convolution" or "Deconvolution" => Convolution(layer.ConvolutionParam ?? new()),
            "Pooling" => Pooling(layer.PoolingParam ?? new()),
            "Python" when layer.PythonParam is { } python => [$"{python.Module}.{python.Layer}"],
            _ => SetFields(layer),
        };
        if (items.Count > MostItems)
        {
            items = [.. items.Take(MostItems - 1), "…"];
        }

        if (LayerStyle.IsLoss(layer))
        {
            items.Add(layer.LossWeight.Count > 0 ? $"loss, weight {Numbers(layer.LossWeight)}" : "loss");
        }

        if (withLearningRates && LearningRates(layer) is { } rates)
        {
            items.Add(rates);
        }

        return items;
    }

    private static List<string> Convolution(ConvolutionParameter parameter)
    {
        bool hasSides = parameter.HasKernelH || parameter.HasKernelW;
        List<string> items =
        [
            $"num_output {parameter.NumOutput}",
            Window("kernel", hasSides, parameter.KernelH, parameter.KernelW, parameter.KernelSize, 1),
            Window("stride", parameter.HasStrideH || parameter.HasStrideW, parameter.StrideH, parameter.StrideW, parameter.Stride, 1),
            Window("pad", parameter.HasPadH || parameter.HasPadW, parameter.PadH, parameter.PadW, parameter.Pad, 0),
        ];
        if (parameter.Dilation.Any(dilation => dilation != 1))
        {
            items.Add($"dilation {string.Join(" × ", parameter.Dilation)}");
        }

        if (parameter.Group != 1)
        {
            items.Add($"group {parameter.Group}");
        }

        if (!parameter.BiasTerm)
        {
            items.Add("no bias");
        }

        return items;
    }

    private static List<string> Pooling(PoolingParameter parameter)
    {
        if (parameter.GlobalPooling)
        {
            return ["global"];
        }

        List<string> items =
        [
            Window("kernel", parameter.HasKernelH || parameter.HasKernelW, parameter.KernelH, parameter.KernelW, [parameter.KernelSize], 1),
            Window("stride", parameter.HasStrideH || parameter.HasStrideW, parameter.StrideH, parameter.StrideW, [parameter.Stride], 1),
            Window("pad", parameter.HasPadH || parameter.HasPadW, parameter.PadH, parameter.PadW, [parameter.Pad], 0),
        ];
        if (EnumName(parameter, "round_mode") is { } rounding && rounding != "CEIL")
        {
            items.Add($"round {rounding}");
        }

        return items;
    }

    private static string Window(string what, bool hasSides, uint height, uint width, IEnumerable<uint> sizes, uint otherwise)
    {
        uint[] shown = hasSides ? [height, width] : [.. sizes.DefaultIfEmpty(otherwise)];
        bool isSame = shown.All(size => size == shown[0]);
        return $"{what} {(isSame ? shown[0].ToString(CultureInfo.InvariantCulture) : string.Join(" × ", shown))}";
    }

    /// <summary>The fields that are set in the messages "..._param" of the layer, whatever its type.</summary>
    private static List<string> SetFields(LayerParameter layer)
    {
        List<string> items = [];
        foreach (FieldDescriptor field in ((IMessage)layer).Descriptor.Fields.InFieldNumberOrder())
        {
            bool isOfType = field.FieldType == FieldType.Message && !field.IsRepeated
                && field.Name.EndsWith("_param", StringComparison.Ordinal) && field.Name is not ("transform_param" or "loss_param");
            if (isOfType && field.Accessor.GetValue(layer) is IMessage parameter)
            {
                items.AddRange(parameter.Descriptor.Fields.InDeclarationOrder()
                    .Select(inner => Item(parameter, inner)).OfType<string>());
            }
        }

        return items;
    }

    /// <summary>"axis 1"; null for a field that is not set, or that says how and not what.</summary>
    private static string? Item(IMessage parameter, FieldDescriptor field)
    {
        if (field.Name is "engine" or "operation" || field.Name.EndsWith("_filler", StringComparison.Ordinal))
        {
            return null;
        }

        object? value = field.Accessor.GetValue(parameter);
        if (field.IsRepeated)
        {
            string[] values = [.. ((IList)value!).Cast<object>().Select(each => Value(field, each)).OfType<string>()];
            return values.Length > 0 ? $"{field.Name} {Short(string.Join(", ", values))}" : null;
        }

        return value is not null && (field.FieldType == FieldType.Message || field.Accessor.HasValue(parameter))
            && Value(field, value) is { } text
            ? $"{field.Name} {Short(text)}"
            : null;
    }

    private static string? Value(FieldDescriptor field, object value) => value switch
    {
        Messages.BlobShape shape => shape.Dim.Count > 0 ? string.Join(" × ", shape.Dim) : "scalar",
        IMessage => null,
        bool flag => flag ? "true" : "false",
        Enum => field.EnumType.FindValueByNumber(Convert.ToInt32(value, CultureInfo.InvariantCulture)).Name,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>The end of a long text, which of a path says most.</summary>
    private static string Short(string text) => text.Length <= LongestText ? text : $"…{text[^(LongestText - 1)..]}";

    private static string EnumName(IMessage parameter, int field)
    {
        FieldDescriptor descriptor = parameter.Descriptor.FindFieldByNumber(field);
        return Value(descriptor, descriptor.Accessor.GetValue(parameter))!;
    }

    /// <summary>The same for a field that a fork's messages may lack; null if they do.</summary>
    private static string? EnumName(IMessage parameter, string field) =>
        parameter.Descriptor.FindFieldByName(field) is { } descriptor ? EnumName(parameter, descriptor.FieldNumber) : null;

    private static string? LearningRates(LayerParameter layer)
    {
        bool learns = layer.Type is "Convolution" or "Deconvolution" or "InnerProduct" || layer.Param.Count > 0;
        float[] rates = layer.Param.Count > 0 ? [.. layer.Param.Select(parameter => parameter.LrMult)] : [1, 1];
        return learns && rates.Any(rate => rate != 0) ? $"lr_mult {Numbers(rates)}" : null;
    }

    private static string Numbers(IEnumerable<float> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
