namespace Mtcnn.Suite.Reports;

/// <summary>The values of one rival.</summary>
internal sealed record ChartSeries(string Name, IReadOnlyList<double> Values);
