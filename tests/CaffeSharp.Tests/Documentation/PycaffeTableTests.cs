using System.Reflection;
using System.Text.RegularExpressions;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Documentation;

/// <summary>Holds docs/pycaffe-to-csharp.md against a live pycaffe and against this library.</summary>
public sealed partial class PycaffeTableTests
{
    private static readonly (string[] Pycaffe, string CaffeSharp, string Differences)[] s_rows = ReadRows();

    [Fact]
    public void Every_public_name_of_pycaffe_stands_in_the_table_once()
    {
        string[] expected = Pycaffe.RunScript("public_names.py").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] listed = [.. s_rows.SelectMany(row => row.Pycaffe)];

        Assert.True(expected.Length > 150);
        Assert.Empty(expected.Except(listed));
        Assert.Empty(listed.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Every_name_of_this_library_in_the_table_exists()
    {
        string[] names = [.. s_rows.SelectMany(row => CodeIn(row.CaffeSharp)).Distinct()];

        Assert.True(names.Length > 100);
        Assert.All(names, name => Assert.True(Exists(name), $"{name} does not exist."));
    }

    [Fact]
    public void A_name_that_has_nothing_here_comes_with_the_reason()
    {
        Assert.All(s_rows, row => Assert.True(
            CodeIn(row.CaffeSharp).Length > 0 || (row.CaffeSharp == "none" && row.Differences.Length > 0),
            $"{row.Pycaffe[0]} has neither a name nor a reason."));
    }

    [Fact]
    public void Names_that_do_not_exist_are_missing()
    {
        Assert.False(Exists("Net.Foreward"));
        Assert.False(Exists("Nett"));
        Assert.False(Exists("NetHandle"));
        Assert.True(Exists("Messages.PoolingParameter.Types.PoolMethod"));
        Assert.True(Exists("ManagedLayer.SetUp"));
    }

    private static (string[] Pycaffe, string CaffeSharp, string Differences)[] ReadRows()
    {
        IEnumerable<string[]> tables = File.ReadAllLines(Repository.Folder("docs", "pycaffe-to-csharp.md"))
            .Where(line => line.StartsWith("| `caffe", StringComparison.Ordinal))
            .Select(line => line.Split('|'));
        return [.. tables.Select(cells =>
        {
            Assert.Equal(5, cells.Length);
            return (CodeIn(cells[1]), cells[2].Trim(), cells[3].Trim());
        })];
    }

    private static string[] CodeIn(string cell) => [.. Code().Matches(cell).Select(match => match.Groups[1].Value)];

    /// <summary>Whether a public type, or a public or protected member of one, has the name.</summary>
    private static bool Exists(string name)
    {
        string[] parts = name.Split('.');
        for (int length = parts.Length; length > 0; length--)
        {
            string type = string.Join('.', parts[..length]);
            if (Packages.PublicTypes.FirstOrDefault(exported => NameOf(exported) == type) is { } found)
            {
                return parts[length..] switch
                {
                    [] => true,
                    [var member] => found.GetMember(
                            member, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
                        .Any(IsVisible),
                    _ => false,
                };
            }
        }

        return false;
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily,
        PropertyInfo property => property.GetMethod is { } get && IsVisible(get),
        EventInfo { AddMethod: { } add } => IsVisible(add),
        FieldInfo field => field.IsPublic,
        _ => false,
    };

    /// <summary>"Messages.PoolingParameter.Types.PoolMethod", "NamedList".</summary>
    private static string NameOf(Type type) => type.FullName!
        .Replace("CaffeSharp.", string.Empty, StringComparison.Ordinal)
        .Replace("Imaging.", string.Empty, StringComparison.Ordinal)
        .Replace("Onnx.", string.Empty, StringComparison.Ordinal)
        .Replace('+', '.')
        .Split('`')[0];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
