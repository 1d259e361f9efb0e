using System.Text;

using Spectre.Console;

namespace Mtcnn.Cli.Terminal;

/// <summary>Tables on a byte stream, plain where it is not a terminal.</summary>
internal static class Tables
{
    // Wide enough that no row of a redirected table is folded.
    private const int RedirectedWidth = 1000;

    /// <summary>A table with plain lines and a column for each title.</summary>
    public static Table Create(params IEnumerable<string> titles)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach (string title in titles)
        {
            table.AddColumn(new TableColumn(new Text(title, new Style(decoration: Decoration.Bold))));
        }

        return table;
    }

    /// <summary>The same, in which the columns of these indices hold numbers.</summary>
    public static Table WithNumbers(this Table table, params IEnumerable<int> columns)
    {
        foreach (int column in columns)
        {
            table.Columns[column].Alignment = Justify.Right;
            table.Columns[column].NoWrap = true;
        }

        return table;
    }

    /// <summary>Adds a row of plain text, in which no character is markup.</summary>
    public static Table AddPlainRow(this Table table, params IEnumerable<string> cells) =>
        table.AddRow(cells.Select(cell => new Text(cell)));

    public static void Write(Table table, Stream output)
    {
        using StreamWriter writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = Console.IsOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        console.Profile.Width = Console.IsOutputRedirected ? RedirectedWidth : Console.WindowWidth;
        console.Profile.Capabilities.Unicode = true;
        console.Write(table);
    }
}
