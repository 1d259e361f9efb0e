namespace Mtcnn.Cli.Evaluate;

/// <summary>The faces that are left after a net, as in figures.json.</summary>
internal sealed record StageFigures(string Net, int Boxes, int Left, int Lost, double Recall);
