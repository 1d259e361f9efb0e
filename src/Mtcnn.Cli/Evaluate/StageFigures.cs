namespace Mtcnn.Cli.Evaluate;

/// <summary>What is left after a net, as it stands in a file.</summary>
internal sealed record StageFigures(string Net, int Boxes, int Left, int Lost, double Recall);
