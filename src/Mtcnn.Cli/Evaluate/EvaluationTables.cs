using System.Globalization;

using Mtcnn.Cli.Terminal;
using Mtcnn.Training.Evaluation;
using Mtcnn.Training.Evaluation.Wider;

using Spectre.Console;

namespace Mtcnn.Cli.Evaluate;

/// <summary>Formats the figures as tables.</summary>
internal static class EvaluationTables
{
    /// <summary>Creates a table with one row per set.</summary>
    public static Table Summary(IReadOnlyList<EvaluationReport> reports)
    {
        Table table = Tables
            .Create("Set", "Images", "Faces", "Found", "Missed", "Recall", "Others", "per image", "Landmark error", "above 0.1", "AP")
            .WithNumbers(Enumerable.Range(1, 10));
        foreach (EvaluationReport report in reports)
        {
            table.AddPlainRow(
                report.Name,
                Text(report.Images),
                Text(report.Faces),
                Text(report.Found),
                Text(report.Missed),
                Text(report.Recall, "F3"),
                Text(report.Others),
                Text(report.OthersPerImage, "F3"),
                report.MeanError is { } error ? Text(error, "F4") : "",
                report.FailureShare is { } share ? Text(100 * share, "F1") + " %" : "",
                report.PrecisionRecall?.AveragePrecision is { } average ? Text(average, "F4") : "");
        }

        return table;
    }

    /// <summary>Creates a table of the faces that each net loses.</summary>
    public static Table ByStage(EvaluationReport report)
    {
        Table table = Titled(Tables.Create("After", "Boxes", "Faces left", "Recall", "Lost").WithNumbers(1, 2, 3, 4), report.Name);
        foreach (RecallByStage stage in report.ByStage)
        {
            table.AddPlainRow(stage.Net, Text(stage.Boxes), Text(stage.Left), Text(stage.Recall, "F3"), Text(stage.Lost));
        }

        return table;
    }

    /// <summary>Creates a table of recall by face size.</summary>
    public static Table BySize(EvaluationReport report, string size, IReadOnlyList<RecallBySize> recalls)
    {
        Table table = Titled(Tables.Create(size, "Faces", "Found", "Recall").WithNumbers(1, 2, 3), report.Name);
        foreach (RecallBySize recall in recalls)
        {
            table.AddPlainRow(Range(recall), Text(recall.Faces), Text(recall.Found), Text(recall.Recall, "F3"));
        }

        return table;
    }

    /// <summary>Creates a table of the official figures of WIDER FACE and FDDB, for their sets.</summary>
    public static Table Official(IReadOnlyList<SetFigures> sets)
    {
        Table table = Tables.Create("Set", "WIDER easy", "medium", "hard", "FDDB discrete", "continuous").WithNumbers(1, 2, 3, 4, 5);
        foreach (SetFigures set in sets)
        {
            table.AddPlainRow([set.Name, .. Enum.GetNames<WiderDifficulty>().Select(name => Text(set.Wider?.GetValueOrDefault(name))), Text(set.FddbDiscrete), Text(set.FddbContinuous)]);
        }

        return table;
    }

    /// <summary>Creates a table of these figures beside those of another run, for the sets and figures that both runs have.</summary>
    public static Table Comparison(EvaluationFigures before, EvaluationFigures now)
    {
        Table table = Tables.Create("Set", "Figure", "Other run", "This run", "Change").WithNumbers(2, 3, 4);
        foreach (SetFigures set in now.Sets)
        {
            Dictionary<string, double> others = before.Sets.FirstOrDefault(other => other.Name == set.Name)?.Named().ToDictionary() ?? [];
            foreach ((string name, double value) in set.Named().Where(figure => others.ContainsKey(figure.Name)))
            {
                table.AddPlainRow(set.Name, name, Text(others[name], "F4"), Text(value, "F4"), Text(value - others[name], "+0.0000;-0.0000;0"));
            }
        }

        return table;
    }

    /// <summary>Formats a range of sizes, such as "8 to 12" or "24 and more".</summary>
    public static string Range(RecallBySize size) =>
        double.IsFinite(size.To) ? $"{Text(size.From)} to {Text(size.To)}" : $"{Text(size.From)} and more";

    private static Table Titled(Table table, string title)
    {
        table.Title = new TableTitle(Markup.Escape(title));
        return table;
    }

    private static string Text(double? number) => number is { } value ? Text(value, "F4") : "";

    private static string Text(double number, string? format = null) => number.ToString(format, CultureInfo.InvariantCulture);
}
