namespace Mtcnn.Training.Cards;

/// <summary>What the card of trained weights says, as the file <see cref="ModelCardFolder.CardName"/> beside them holds it.</summary>
internal sealed record ModelCard
{
    /// <summary>What the weights are, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>What they are for and how they came to be, in a paragraph or a few.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The photos they were trained and measured on.</summary>
    public required IReadOnlyList<ModelCardData> Data { get; init; }

    /// <summary>How each net was trained.</summary>
    public required IReadOnlyList<ModelCardNet> Nets { get; init; }

    /// <summary>The commands that make and measure them, in order.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>What they reach, and what others reach with the same detector and settings.</summary>
    public required IReadOnlyList<ModelCardFigure> Figures { get; init; }

    /// <summary>Where they fall short, a sentence each.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>Images of curves: file names in the same folder.</summary>
    public required IReadOnlyList<string> Curves { get; init; }
}
