using Mtcnn.Training.Evaluation;

namespace Mtcnn.Cli.Evaluate;

/// <summary>The recall of a range of sizes, as in figures.json; <c>To</c> is null for the largest.</summary>
internal sealed record SizeFigures(double From, double? To, int Faces, int Found, double Recall)
{
    public static SizeFigures Of(RecallBySize size) =>
        new(size.From, double.IsFinite(size.To) ? size.To : null, size.Faces, size.Found, size.Recall);
}
