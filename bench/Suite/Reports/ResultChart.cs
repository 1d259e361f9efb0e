namespace Mtcnn.Suite.Reports;

/// <summary>A plot: lines over <paramref name="Places"/> where there are any, else groups of bars.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Along">The horizontal axis.</param>
/// <param name="Labels">What stands below each group or place.</param>
/// <param name="Places">Where each place is along the axis.</param>
/// <param name="Series">A line or a colour each: a value a label, in milliseconds.</param>
internal sealed record ResultChart(
    string Name, string Title, string Along, IReadOnlyList<string> Labels, IReadOnlyList<double>? Places, IReadOnlyList<ChartSeries> Series);
