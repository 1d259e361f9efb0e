namespace Mtcnn.Suite.Reports;

/// <summary>A table.</summary>
/// <param name="Columns">The heads.</param>
/// <param name="Rows">A cell a column.</param>
internal sealed record ResultTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
