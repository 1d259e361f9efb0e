namespace Packages.Tests.Layout;

/// <summary>Which namespaces use which others.</summary>
internal sealed class NamespaceGraph
{
    private readonly ILookup<string, string> _used;
    private readonly string[] _names;

    internal NamespaceGraph(IEnumerable<(string From, string To)> uses)
    {
        (string From, string To)[] different = [.. uses.Distinct()];
        _used = different.ToLookup(use => use.From, use => use.To);
        _names = [.. different.SelectMany(use => new[] { use.From, use.To }).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Groups of two and more namespaces that each reach all others of their group.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Cycles()
    {
        Dictionary<string, HashSet<string>> reached = _names.ToDictionary(name => name, Reach);
        return
        [
            .. _names.Select(name => (IReadOnlyList<string>)[.. _names.Where(other => reached[name].Contains(other) && reached[other].Contains(name))])
                .Where(group => group.Count > 1).DistinctBy(group => group[0]),
        ];
    }

    // All that is used directly or through others; the name itself only through a cycle.
    private HashSet<string> Reach(string name)
    {
        HashSet<string> reached = [];
        Stack<string> open = new(_used[name]);
        while (open.TryPop(out string? next))
        {
            if (reached.Add(next))
            {
                foreach (string further in _used[next])
                {
                    open.Push(further);
                }
            }
        }

        return reached;
    }
}
