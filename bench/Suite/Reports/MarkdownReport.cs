using System.Text;

namespace Mtcnn.Suite.Reports;

/// <summary>Writes docs/performance-results.md and its plots.</summary>
internal static class MarkdownReport
{
    private const string Introduction = """
        # Measured

        What `bench/run.sh` measured and wrote; how it is done and what to make of it is in [performance.md](performance.md). Figures are medians
        in milliseconds on the clock unless a table says otherwise. All ways of doing the same took turns, so that what else the machine did fell on
        all alike. Before a time was taken, all were seen to find the same faces.


        """;

    /// <summary>Writes what has been measured of these sections.</summary>
    public static void Write(IEnumerable<string> sections)
    {
        string documents = Path.Combine(BenchmarkFolders.Repository, "docs");
        SectionResult[] results = [.. sections.Select(ResultFiles.Read).OfType<SectionResult>()];
        StringBuilder text = new(Introduction);
        text.Append(Machine.Describe()).Append("\n\n## Goals\n\n");
        AddTable(text, new ResultTable(["", "wanted", "measured", "met"], [.. results.SelectMany(result => result.Goals).Select(goal => goal.Row())]));
        foreach (SectionResult result in results)
        {
            text.Append("\n## ").Append(result.Title).Append("\n\n").Append(result.Remark).Append('\n');
            foreach (ResultTable table in result.Tables)
            {
                text.Append('\n');
                AddTable(text, table);
            }

            foreach (ResultChart chart in result.Charts)
            {
                Plots.Save(chart, Path.Combine(documents, "images"));
                text.Append("\n![").Append(chart.Title).Append("](images/").Append(chart.Name).Append(".svg)\n");
            }
        }

        File.WriteAllText(Path.Combine(documents, "performance-results.md"), text.ToString());
    }

    private static void AddTable(StringBuilder text, ResultTable table)
    {
        AddRow(text, table.Columns);
        AddRow(text, table.Columns.Select(_ => "---"));
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            AddRow(text, row);
        }
    }

    private static void AddRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
