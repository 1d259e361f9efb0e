using ScottPlot;

namespace Mtcnn.Suite.Reports;

/// <summary>Draws charts as PNG and SVG.</summary>
internal static class Plots
{
    private const int Width = 900;
    private const int Height = 480;

    /// <summary>Saves a chart in both forms.</summary>
    public static void Save(ResultChart chart, string folder)
    {
        using Plot plot = new();
        if (chart.Places is { } places)
        {
            AddLines(plot, chart, places);
        }
        else
        {
            AddBars(plot, chart);
        }

        plot.Title(chart.Title);
        plot.XLabel(chart.Along);
        plot.YLabel("ms");
        plot.ShowLegend(ScottPlot.Alignment.UpperLeft);
        plot.SavePng(Path.Combine(folder, $"{chart.Name}.png"), Width, Height);
        plot.SaveSvg(Path.Combine(folder, $"{chart.Name}.svg"), Width, Height);
    }

    private static void AddLines(Plot plot, ResultChart chart, IReadOnlyList<double> places)
    {
        double[] along = [.. places];
        foreach (ChartSeries series in chart.Series)
        {
            double[] values = [.. series.Values];
            plot.Add.Scatter(along, values).LegendText = series.Name;
        }

        plot.Axes.SetLimits(left: 0, bottom: 0);
        plot.Axes.Bottom.SetTicks(along, [.. chart.Labels]);
    }

    private static void AddBars(Plot plot, ResultChart chart)
    {
        int group = chart.Series.Count + 1;
        for (int index = 0; index < chart.Series.Count; index++)
        {
            double[] positions = [.. Enumerable.Range(0, chart.Labels.Count).Select(label => (double)((label * group) + index))];
            plot.Add.Bars(positions, [.. chart.Series[index].Values]).LegendText = chart.Series[index].Name;
        }

        double[] middles = [.. Enumerable.Range(0, chart.Labels.Count).Select(label => (label * group) + ((chart.Series.Count - 1) / 2.0))];
        plot.Axes.Bottom.SetTicks(middles, [.. chart.Labels]);
        plot.Axes.Margins(bottom: 0, top: 0.3);
    }
}
