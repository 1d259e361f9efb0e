using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CaffeSharp.Tests.Support;

/// <summary>The C interface as clang understands it: functions, enumerations, and how structures lie in memory.</summary>
internal sealed partial class CHeader
{
    private static readonly Lazy<CHeader> s_parsed = new(() => new CHeader());

    private CHeader()
    {
        string include = Repository.Folder("native", "include");
        string clang = ToolRun.First(
            "Install one: sudo apt-get install clang-14",
            ["clang", .. Enumerable.Range(14, 10).Select(version => $"clang-{version}")]);
        string tree = ToolRun.Output(
            clang, "-Xclang", "-ast-dump=json", "-fsyntax-only", "-I", include,
            Path.Combine(include, "caffesharp", "caffesharp.h"));
        using JsonDocument document = JsonDocument.Parse(tree, new JsonDocumentOptions { MaxDepth = 512 });
        foreach (JsonElement node in document.RootElement.GetProperty("inner").EnumerateArray())
        {
            string name = node.TryGetProperty("name", out JsonElement named) ? named.GetString()! : string.Empty;
            if (name.StartsWith("caffe_", StringComparison.Ordinal))
            {
                Read(name, node);
            }
        }

        using TemporaryFolder folder = new();
        IEnumerable<string> uses = Structures.Keys.Select(name => $"char size_of_{name}[sizeof({name})];");
        string source = folder.Write("layouts.c", "#include \"caffesharp/caffesharp.h\"\n" + string.Join('\n', uses) + "\n");
        string layouts = ToolRun.Output(
            clang, "-Xclang", "-fdump-record-layouts", "-fsyntax-only", "-I", include, source);
        foreach (string name in Structures.Keys.ToList())
        {
            Structures[name] = Layout(name, layouts);
        }
    }

    internal static CHeader Parsed => s_parsed.Value;

    internal Dictionary<string, CFunction> Functions { get; } = [];

    internal Dictionary<string, Dictionary<string, int>> Enumerations { get; } = [];

    internal Dictionary<string, CLayout> Structures { get; } = [];

    internal Dictionary<string, string> Typedefs { get; } = [];

    /// <summary>The value of a #define.</summary>
    internal static int Macro(string header, string name)
    {
        string text = File.ReadAllText(Repository.Folder("native", "include", "caffesharp", header));
        return int.Parse(
            Regex.Match(text, $@"#define {name} (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private void Read(string name, JsonElement node)
    {
        switch (node.GetProperty("kind").GetString())
        {
            case "FunctionDecl":
                string type = node.GetProperty("type").GetProperty("qualType").GetString()!;
                List<CParameter> parameters = [.. Inner(node, "ParmVarDecl").Select(parameter =>
                    new CParameter(parameter.GetProperty("name").GetString()!, QualifiedType(parameter)))];
                Functions.Add(name, new(type[..type.IndexOf('(', StringComparison.Ordinal)].Trim(), parameters));
                break;
            case "EnumDecl":
                Enumerations.Add(name, Inner(node, "EnumConstantDecl").ToDictionary(
                    constant => constant.GetProperty("name").GetString()!,
                    constant => int.Parse(
                        constant.GetProperty("inner")[0].GetProperty("value").GetString()!, CultureInfo.InvariantCulture)));
                break;
            case "RecordDecl" when Inner(node, "FieldDecl").Any():
                Structures.TryAdd(name, new(0, []));
                break;
            case "TypedefDecl":
                Typedefs.Add(name, QualifiedType(node));
                break;
            default:
                break;
        }
    }

    private static string QualifiedType(JsonElement node) =>
        node.GetProperty("type").GetProperty("qualType").GetString()!;

    private static IEnumerable<JsonElement> Inner(JsonElement node, string kind) =>
        node.TryGetProperty("inner", out JsonElement inner)
            ? inner.EnumerateArray().Where(child => child.GetProperty("kind").GetString() == kind)
            : [];

    private static CLayout Layout(string name, string layouts)
    {
        Match block = Regex.Match(
            layouts, $@"^\s+0 \| (struct )?{name}\n(?<fields>.*?)\n\s+\| \[sizeof=(?<size>\d+)",
            RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.True(block.Success, $"clang gives no layout of {name}");
        return new(
            int.Parse(block.Groups["size"].Value, CultureInfo.InvariantCulture),
            [.. FieldPattern().Matches(block.Groups["fields"].Value).Select(field => new CField(
                field.Groups["name"].Value, field.Groups["type"].Value.Trim(),
                int.Parse(field.Groups["offset"].Value, CultureInfo.InvariantCulture)))]);
    }

    [GeneratedRegex(@"^\s+(?<offset>\d+) \|   (?<type>.+?)(?<name>\w+)$", RegexOptions.Multiline)]
    private static partial Regex FieldPattern();
}

internal sealed record CFunction(string Result, IReadOnlyList<CParameter> Parameters);

internal sealed record CParameter(string Name, string Type);

internal sealed record CLayout(int Size, IReadOnlyList<CField> Fields);

internal sealed record CField(string Name, string Type, int Offset);
