namespace CaffeSharp;

/// <summary>Finds where in a net the numbers end.</summary>
internal static class NonFiniteSearch
{
    /// <summary>The first parameter or blob, in the order in which layers run, that holds a NaN or an infinity, with its
    /// layer; null if all is finite.</summary>
    internal static (Layer Layer, Blob Blob, bool IsParameter)? InValues(Net net)
    {
        foreach (Layer layer in net.Layers)
        {
            foreach (Blob blob in layer.Bottoms.Concat(layer.Parameters).Concat(layer.Tops))
            {
                if (!IsFinite(blob.Data.Span))
                {
                    return (layer, blob, layer.Parameters.Contains(blob));
                }
            }
        }

        return null;
    }

    /// <summary>The first parameter, from the net's end on as gradients go, whose gradient holds one.</summary>
    internal static (Layer Layer, Blob Blob)? InGradients(Net net)
    {
        foreach (Layer layer in net.Layers.Reverse())
        {
            if (layer.Parameters.FirstOrDefault(parameter => !IsFinite(parameter.Diff.Span)) is { } found)
            {
                return (layer, found);
            }
        }

        return null;
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
