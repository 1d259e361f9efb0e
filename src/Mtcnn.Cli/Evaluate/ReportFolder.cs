namespace Mtcnn.Cli.Evaluate;

/// <summary>The folder of `mtcnn evaluate --report`.</summary>
internal static class ReportFolder
{
    /// <summary>
    /// Writes figures.json, the charts (CSV, PNG, SVG) and report.html, and replaces files with these names. Throws
    /// <see cref="IOException"/> if a file cannot be written.
    /// </summary>
    public static void Write(string folder, EvaluationFigures figures, IReadOnlyList<EvaluatedSet> sets)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "figures.json"), figures.ToJson() + "\n");
        string[] charts = [.. ReportCharts.Of(sets).Select(chart => chart.Write(folder))];
        File.WriteAllText(Path.Combine(folder, "report.html"), ReportPage.Of(figures, sets, charts));
    }
}
