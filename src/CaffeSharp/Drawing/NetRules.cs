using CaffeSharp.Messages;

namespace CaffeSharp;

/// <summary>Which layers a phase, level and stages take: include and exclude rules, as Caffe's Net::FilterNet reads
/// them.</summary>
internal static class NetRules
{
    /// <exception cref="CaffeException">The layer has rules of both kinds, which Caffe refuses.</exception>
    internal static bool Takes(LayerParameter layer, Phase phase, NetDrawingOptions options)
    {
        if (layer.Include.Count > 0 && layer.Exclude.Count > 0)
        {
            throw new CaffeException($"Layer '{layer.Name}' has include rules and exclude rules; Caffe takes one kind or the other.")
            {
                Kind = CaffeErrorKind.Check,
                LayerName = layer.Name,
            };
        }

        return layer.Include.Count > 0
            ? layer.Include.Any(rule => IsMet(rule, phase, options))
            : !layer.Exclude.Any(rule => IsMet(rule, phase, options));
    }

    /// <summary>"TRAIN", "not TEST", "stage deploy"; empty for a layer without rules.</summary>
    internal static string Describe(LayerParameter layer)
    {
        IEnumerable<string> included = layer.Include.Select(Describe);
        IEnumerable<string> excluded = layer.Exclude.Select(rule => $"not {Describe(rule)}");
        return string.Join(" or ", included.Concat(excluded));
    }

    private static string Describe(NetStateRule rule)
    {
        List<string> parts = [];
        if (rule.HasPhase)
        {
            parts.Add(rule.Phase == Messages.Phase.Train ? "TRAIN" : "TEST");
        }

        if (rule.HasMinLevel)
        {
            parts.Add($"level ≥ {rule.MinLevel}");
        }

        if (rule.HasMaxLevel)
        {
            parts.Add($"level ≤ {rule.MaxLevel}");
        }

        parts.AddRange(rule.Stage.Select(stage => $"stage {stage}"));
        parts.AddRange(rule.NotStage.Select(stage => $"no stage {stage}"));
        return parts.Count > 0 ? string.Join(", ", parts) : "any";
    }

    private static bool IsMet(NetStateRule rule, Phase phase, NetDrawingOptions options) =>
        (!rule.HasPhase || (int)rule.Phase == (int)phase)
        && (!rule.HasMinLevel || options.Level >= rule.MinLevel)
        && (!rule.HasMaxLevel || options.Level <= rule.MaxLevel)
        && rule.Stage.All(options.Stages.Contains)
        && !rule.NotStage.Any(options.Stages.Contains);
}
