namespace Mtcnn.Cli.Charts;

/// <summary>A curve of a chart.</summary>
/// <param name="Name">The label in the legend.</param>
/// <param name="X">The x values.</param>
/// <param name="Y">The y values.</param>
internal sealed record CurveSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);
