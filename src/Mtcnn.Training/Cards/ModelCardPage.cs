using System.Globalization;
using System.Text;
using Mtcnn.Models;

namespace Mtcnn.Training.Cards;

/// <summary>Formats a <see cref="ModelCard"/> as Markdown.</summary>
internal static class ModelCardPage
{
    /// <summary>Returns the whole page.</summary>
    public static string Text(ModelCard card, IEnumerable<ModelVerification> weights)
    {
        StringBuilder page = new();
        _ = page.Append(CultureInfo.InvariantCulture, $"# {card.Title}\n\n{string.Join("\n\n", card.Description)}\n");
        Section(page, "Files");
        Table(page, ["file", "bytes", "SHA-256"], weights.Select(file => (string[])[$"`{file.Model.FileName}`", Number(file.Size), $"`{file.Sha256}`"]));
        _ = page.Append(CultureInfo.InvariantCulture, $"\nCheck them with `sha256sum -c {ModelSums.FileName}`.\n");
        Section(page, "Figures");
        Table(page, ["set", "weights", "found", "other boxes per image", "landmark error / eye distance", "above 0.1"], card.Figures.Select(Row));
        Section(page, "Limits");
        List(page, card.Limits);
        Section(page, "Data");
        Table(page, ["set", "use", "licence"], card.Data.Select(data => (string[])[data.Name, data.Use, data.Licence]));
        Section(page, "Training");
        Table(
            page,
            ["net", "iterations", "batch", "seed", "notes"],
            card.Nets.Select(net => (string[])[net.Name, Number(net.Iterations), Number(net.BatchSize), Number(net.Seed), net.Notes]));
        if (card.Commands.Count > 0)
        {
            _ = page.Append("\nCommands, in order:\n\n```bash\n").AppendJoin('\n', card.Commands).Append("\n```\n");
        }

        foreach (string curve in card.Curves)
        {
            _ = page.Append(CultureInfo.InvariantCulture, $"\n![{Path.GetFileNameWithoutExtension(curve)}]({curve})\n");
        }

        return ModelCardMark.AppendTo(page.ToString());
    }

    private static string[] Row(ModelCardFigure figure) =>
    [
        figure.Set,
        figure.Weights,
        figure.Recall.ToString("F3", CultureInfo.InvariantCulture),
        figure.OthersPerImage?.ToString("F3", CultureInfo.InvariantCulture) ?? "",
        figure.LandmarkError?.ToString("F4", CultureInfo.InvariantCulture) ?? "",
        figure.FailureShare is { } share ? (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %" : "",
    ];

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void Section(StringBuilder page, string title) => page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");

    private static void List(StringBuilder page, IEnumerable<string> lines) =>
        page.AppendJoin(string.Empty, lines.Select(line => $"* {line}\n"));

    private static void Table(StringBuilder page, IReadOnlyCollection<string> titles, IEnumerable<IReadOnlyCollection<string>> rows)
    {
        Line(page, titles);
        Line(page, titles.Select(_ => "---"));
        foreach (IReadOnlyCollection<string> row in rows)
        {
            Line(page, row);
        }
    }

    private static void Line(StringBuilder page, IEnumerable<string> cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
