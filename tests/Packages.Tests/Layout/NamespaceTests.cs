namespace Packages.Tests.Layout;

public sealed class NamespaceTests
{
    public static TheoryData<string> Packages => [.. PackageAssembly.Names];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Namespaces_of_a_package_when_compiled_then_form_no_cycle(string package)
    {
        using PackageAssembly assembly = PackageAssembly.Open(package);
        IReadOnlyList<TypeUse> uses = TypeUses.BetweenNamespaces(assembly);

        IReadOnlyList<IReadOnlyList<string>> cycles = new NamespaceGraph(uses.Select(use => (use.FromNamespace, use.ToNamespace))).Cycles();

        Assert.True(cycles.Count == 0, string.Join('\n', cycles.Select(cycle => Describe(cycle, uses))));
    }

    [Fact]
    public void Graph_with_two_ways_around_when_searched_then_has_one_cycle_of_all_that_are_on_them()
    {
        NamespaceGraph graph = new([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "b"), ("d", "e"), ("f", "a")]);

        Assert.Equal(["a", "b", "c", "d"], Assert.Single(graph.Cycles()));
    }

    [Fact]
    public void Graph_whose_uses_point_down_when_searched_then_has_no_cycle()
    {
        NamespaceGraph graph = new([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]);

        Assert.Empty(graph.Cycles());
    }

    [Fact]
    public void Uses_inside_method_bodies_when_compiled_then_are_found()
    {
        using PackageAssembly assembly = PackageAssembly.Open("Mtcnn.Cli");

        // Only the body of its entry point names the classes of the commands.
        Assert.Contains(TypeUses.BetweenNamespaces(assembly), use => use.FromNamespace == "Mtcnn.Cli" && use.ToNamespace == "Mtcnn.Cli.Detect");
    }

    // For each step of the cycle the uses that make it; the fewest first, as those are the ones to change.
    private static string Describe(IReadOnlyList<string> cycle, IReadOnlyList<TypeUse> uses) =>
        $"{string.Join(", ", cycle)} use each other:\n" + string.Join('\n', uses
            .Where(use => cycle.Contains(use.FromNamespace) && cycle.Contains(use.ToNamespace))
            .GroupBy(use => $"{use.FromNamespace} -> {use.ToNamespace}").OrderBy(step => step.Count())
            .Select(step => $"  {step.Key}: {step.Count()} uses, for example {string.Join("; ", step.Take(4).Select(use => $"{use.From} uses {use.To}"))}"));
}
