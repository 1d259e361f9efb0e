using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Detect;

/// <summary>The formats of `mtcnn detect`, by name.</summary>
internal static class OutputFormat
{
    public const string Default = "jsonl";

    public static readonly string[] Names = [Default, "json", "csv", "table"];

    public static IResultWriter CreateWriter(string name, Stream output) => name switch
    {
        Default => new JsonLinesWriter(output),
        "json" => new JsonArrayWriter(output),
        "csv" => new CsvResultWriter(output),
        "table" => new TableResultWriter(output),
        _ => throw new CommandException($"There is no format \"{name}\".", $"Choose one of {string.Join(", ", Names)}."),
    };
}
