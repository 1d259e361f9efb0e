using System.Text;

using Spectre.Console;

namespace Mtcnn.Cli.Terminal;

/// <summary>Writes tables to a byte stream, without formatting if it is not a terminal.</summary>
internal static class Tables
{
    // Wide enough that no row of a redirected table is wrapped.
    private const int RedirectedWidth = 1000;

    /// <summary>Creates a table with plain borders and a column for each title.</summary>
    public static Table Create(params IEnumerable<string> titles)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach (string title in titles)
        {
            table.AddColumn(new TableColumn(new Text(title, new Style(decoration: Decoration.Bold))));
        }

        return table;
    }

    /// <summary>Aligns the columns at these indices to the right, for numbers.</summary>
    public static Table WithNumbers(this Table table, params IEnumerable<int> columns)
    {
        foreach (int column in columns)
        {
            table.Columns[column].Alignment = Justify.Right;
            table.Columns[column].NoWrap = true;
        }

        return table;
    }

    /// <summary>Adds a row of plain text, without interpreting markup.</summary>
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
