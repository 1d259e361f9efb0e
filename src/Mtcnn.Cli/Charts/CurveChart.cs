using System.Globalization;
using System.Text;

namespace Mtcnn.Cli.Charts;

/// <summary>A chart of curves that share their axes.</summary>
/// <param name="Name">The name of the chart's files, without extension.</param>
/// <param name="Title">The title.</param>
/// <param name="XLabel">The label of the x axis.</param>
/// <param name="YLabel">The label of the y axis, which runs from 0 to 1.</param>
/// <param name="Series">The curves.</param>
internal sealed record CurveChart(string Name, string Title, string XLabel, string YLabel, IReadOnlyList<CurveSeries> Series)
{
    private const int Width = 720;
    private const int Height = 480;

    /// <summary>The labels of the x positions 0, 1, 2 and so on, if the axis has names instead of numbers.</summary>
    public IReadOnlyList<string> Ticks { get; init; } = [];

    /// <summary>Writes NAME.csv, NAME.png and NAME.svg to a folder and returns the SVG.</summary>
    public string Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, Name + ".csv"), ToCsv());
        using ScottPlot.Plot plot = new();
        foreach (CurveSeries series in Series)
        {
            ScottPlot.Plottables.Scatter scatter = plot.Add.Scatter(series.X.ToArray(), series.Y.ToArray());
            scatter.LegendText = series.Name;
            scatter.MarkerSize = Ticks.Count > 0 ? 8 : 0;
            scatter.LineWidth = 2;
        }

        plot.Title(Title);
        plot.XLabel(XLabel);
        plot.YLabel(YLabel);
        plot.Axes.SetLimitsY(0, 1.02);
        if (Ticks.Count > 0)
        {
            plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, Ticks.Count).Select(place => (double)place)], [.. Ticks]);
            plot.Axes.SetLimitsX(-0.5, Ticks.Count - 0.5);
        }

        plot.ShowLegend(ScottPlot.Alignment.LowerRight);
        plot.SavePng(Path.Combine(folder, Name + ".png"), Width, Height);
        string svg = plot.GetSvgXml(Width, Height);
        File.WriteAllText(Path.Combine(folder, Name + ".svg"), svg);
        return svg;
    }

    private string ToCsv()
    {
        StringBuilder csv = new("series,x,y\n");
        foreach (CurveSeries series in Series)
        {
            foreach ((double x, double y) in series.X.Zip(series.Y))
            {
                csv.Append(CultureInfo.InvariantCulture, $"\"{series.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{x},{y}\n");
            }
        }

        return csv.ToString();
    }
}
