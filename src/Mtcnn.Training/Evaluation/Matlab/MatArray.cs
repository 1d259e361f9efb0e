namespace Mtcnn.Training.Evaluation.Matlab;

/// <summary>An array of a MAT file: numbers, text or cells, in MATLAB's order (the first index runs fastest).</summary>
/// <param name="Name">The variable's name; empty inside a cell.</param>
/// <param name="Dimensions">Its size along each axis.</param>
/// <param name="Numbers">The values of a numeric array; null for other arrays.</param>
/// <param name="Text">The text of a character array; null for other arrays.</param>
/// <param name="Cells">The members of a cell array; null for other arrays.</param>
internal sealed record MatArray(
    string Name, IReadOnlyList<int> Dimensions, IReadOnlyList<double>? Numbers, string? Text, IReadOnlyList<MatArray>? Cells);
