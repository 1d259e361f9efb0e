namespace Mtcnn.Suite.Reports;

/// <summary>What a section measured.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Remark">How it was measured.</param>
/// <param name="Tables">The figures.</param>
/// <param name="Charts">The plots.</param>
/// <param name="Goals">What was to be reached.</param>
internal sealed record SectionResult(
    string Title, string Remark, IReadOnlyList<ResultTable> Tables, IReadOnlyList<ResultChart> Charts, IReadOnlyList<Goal> Goals);
