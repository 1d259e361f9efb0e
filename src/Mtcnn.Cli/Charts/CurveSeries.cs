namespace Mtcnn.Cli.Charts;

/// <summary>A curve of a chart.</summary>
/// <param name="Name">What it is of, for the legend.</param>
/// <param name="X">The places along x.</param>
/// <param name="Y">The values there.</param>
internal sealed record CurveSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);
