using System.Globalization;
using System.Net;
using System.Text;

using Mtcnn.Training.Evaluation;

namespace Mtcnn.Cli.Evaluate;

/// <summary>Writes the report as one HTML file without scripts or references to other files.</summary>
internal sealed class ReportPage
{
    private const string Style =
        "body{font:15px/1.45 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#222}"
        + "table{border-collapse:collapse;margin:1rem 0}th,td{border-bottom:1px solid #ccc;padding:.25rem .7rem;text-align:right}"
        + "th:first-child,td:first-child{text-align:left}figure{display:inline-block;margin:.3rem;width:192px;vertical-align:top}"
        + "figcaption{font-size:12px;overflow-wrap:anywhere}.charts svg{max-width:36rem;height:auto}";

    private readonly StringBuilder _html = new();

    /// <summary>Creates the page.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="sets">The evaluated sets.</param>
    /// <param name="charts">The charts, as SVG.</param>
    public static string Of(EvaluationFigures figures, IReadOnlyList<EvaluatedSet> sets, IEnumerable<string> charts)
    {
        ReportPage page = new();
        page.Begin(figures);
        page.AddCharts(charts);
        foreach (EvaluatedSet set in sets)
        {
            page.AddSet(set);
        }

        page._html.Append("</body></html>\n");
        return page._html.ToString();
    }

    private void Begin(EvaluationFigures figures)
    {
        _html.Append($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>MTCNN evaluation</title><style>{Style}</style></head><body>\n");
        _html.Append("<h1>MTCNN evaluation</h1>\n");
        _html.Append(CultureInfo.InvariantCulture, $"<p>Profile {Escaped(figures.Profile)}. Weights: {Escaped(string.Join(", ", figures.Models))}.<br>");
        _html.Append(CultureInfo.InvariantCulture, $"Average precision: intersection over union of at least {figures.Overlap}, faces of at least {figures.SmallestFace} px. ");
        _html.Append("In the crops, the marked face is magenta and the detection is green.</p>\n");
        AddTable(["Set", "Figure", "Value"], figures.Sets.SelectMany(set => set.Named().Select(figure => new[] { set.Name, figure.Name, Number(figure.Value) })));
    }

    private void AddCharts(IEnumerable<string> charts)
    {
        _html.Append("<div class=\"charts\">\n");
        foreach (string svg in charts)
        {
            // HTML must not contain an XML declaration.
            _html.Append(svg.AsSpan(svg.IndexOf("<svg", StringComparison.Ordinal))).Append('\n');
        }

        _html.Append("</div>\n");
    }

    private void AddSet(EvaluatedSet set)
    {
        EvaluationReport report = set.Report;
        _html.Append($"<h2>{Escaped(report.Name)}</h2>\n");
        AddTable(
            ["After", "Boxes", "Faces left", "Recall", "Lost"],
            report.ByStage.Select(stage => new[] { stage.Net, Whole(stage.Boxes), Whole(stage.Left), Number(stage.Recall), Whole(stage.Lost) }));
        AddSizes("Eye distance in pixels", report.BySize);
        AddSizes("Longer side of the box in pixels", report.ByBoxSize);
        AddFaces("Missed faces, the largest first", WorstFaces.Missed(set));
        AddFaces("Boxes that fit no marked face, the most probable first", WorstFaces.Others(set));
        AddFaces("Landmark errors, the largest first", WorstFaces.Landmarks(set));
    }

    private void AddSizes(string title, IReadOnlyList<RecallBySize> sizes)
    {
        if (sizes.Count > 0)
        {
            AddTable(
                [title, "Faces", "Found", "Recall"],
                sizes.Select(size => new[] { EvaluationTables.Range(size), Whole(size.Faces), Whole(size.Found), Number(size.Recall) }));
        }
    }

    private void AddFaces(string title, IReadOnlyList<WorstFace> faces)
    {
        if (faces.Count == 0)
        {
            return;
        }

        _html.Append($"<h3>{Escaped(title)}</h3>\n");
        foreach (WorstFace face in faces)
        {
            _html.Append($"<figure><img alt=\"\" width=\"192\" height=\"192\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(FaceCutOut.Of(face))}\">");
            _html.Append($"<figcaption>{Escaped(face.Caption)}<br>{Escaped(Path.GetFileName(face.Image.Path))}</figcaption></figure>\n");
        }
    }

    private void AddTable(string[] titles, IEnumerable<string[]> rows)
    {
        _html.Append("<table><tr>").AppendJoin("", titles.Select(title => $"<th>{Escaped(title)}</th>")).Append("</tr>\n");
        foreach (string[] row in rows)
        {
            _html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Escaped(cell)}</td>")).Append("</tr>\n");
        }

        _html.Append("</table>\n");
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("F4", CultureInfo.InvariantCulture);
}
