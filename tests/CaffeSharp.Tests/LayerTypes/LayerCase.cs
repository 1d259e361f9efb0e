using CaffeSharp.Messages;

namespace CaffeSharp.Tests.LayerTypes;

/// <summary>How a layer type is made and run.</summary>
/// <param name="Type">The type.</param>
/// <param name="Make">Makes the layer over its bottoms.</param>
/// <param name="Inputs">Its bottoms.</param>
internal sealed record LayerCase(string Type, Func<Top[], LayerSpec> Make, params LayerInput[] Inputs)
{
    /// <summary>What tells it from other cases of its type.</summary>
    internal string Variant { get; init; } = string.Empty;

    /// <summary>Whether what it learns has a gradient.</summary>
    internal bool ParametersHaveGradient { get; init; } = true;

    /// <summary>Whether it has a gradient though no bottom has.</summary>
    internal bool LearnsItself { get; init; }

    /// <summary>Whether pycaffe has it.</summary>
    internal bool IsCaffes { get; init; } = true;

    /// <summary>The error allowed to the gradient.</summary>
    internal double Threshold { get; init; } = 1e-3;

    /// <summary>Whether anything is learnt through it.</summary>
    internal bool HasGradient => LearnsItself || Inputs.Any(input => input.IsLearnt);

    /// <summary>Whether its top is a loss by itself.</summary>
    internal bool IsLoss => Type.EndsWith("Loss", StringComparison.Ordinal);

    /// <summary>The name of its layer.</summary>
    internal string Name => Type + Variant;

    public override string ToString() => Name;

    /// <summary>A net of this layer alone: its bottoms are parameters, which carry their values in a caffemodel, and its tops
    /// are losses where anything is learnt.</summary>
    internal NetParameter Net()
    {
        NetSpec spec = new();
        Top[] bottoms = [.. Inputs.Select((input, index) => spec[Bottom(index)] = L.Parameter(
            shape: Shape.Of([.. input.Shape.Select(length => (long)length)]),
            param: new ParamSpec { LrMult = input.IsLearnt ? 1 : 0 }))];
        LayerSpec layer = Make(bottoms);
        spec.Add(Name, layer);
        for (int top = 1; top < layer.Tops.Count; top++)
        {
            spec[$"{Name}_{top}"] = layer[top];
        }

        NetParameter net = spec.ToProto();
        LayerParameter made = net.Layer.Single(parameter => parameter.Name == Name);
        if (HasGradient && made.LossWeight.Count == 0 && !IsLoss)
        {
            made.LossWeight.Add(Enumerable.Repeat(1f, layer.Tops.Count));
        }

        return net;
    }

    /// <summary>Puts the bottoms' values into a net that has this one's layers.</summary>
    internal void Feed(Net net)
    {
        for (int index = 0; index < Inputs.Length; index++)
        {
            net.Parameters[Bottom(index)][0].CopyFrom(Inputs[index].ToArray(index));
        }
    }

    /// <summary>The bottoms and parameters that have a gradient.</summary>
    internal string[] Learnt(Net net) =>
    [
        .. Enumerable.Range(0, Inputs.Length).Where(index => Inputs[index].IsLearnt).Select(Bottom),
        .. ParametersHaveGradient ? net.Layers[Name].Parameters.Select(parameter => parameter.Name) : [],
    ];

    private string Bottom(int index) => $"{Name}_bottom{index}";
}
