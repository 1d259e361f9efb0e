namespace Mtcnn.Training.Cards;

/// <summary>The model card of trained weights, as in the file <see cref="ModelCardFolder.CardName"/> beside them.</summary>
internal sealed record ModelCard
{
    /// <summary>A title in one line.</summary>
    public required string Title { get; init; }

    /// <summary>The purpose and origin of the weights, in one or more paragraphs.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The photos for training and evaluation.</summary>
    public required IReadOnlyList<ModelCardData> Data { get; init; }

    /// <summary>How each net was trained.</summary>
    public required IReadOnlyList<ModelCardNet> Nets { get; init; }

    /// <summary>The commands that train and measure the weights, in order.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>The results of the weights, and those of other weights with the same detector and settings.</summary>
    public required IReadOnlyList<ModelCardFigure> Figures { get; init; }

    /// <summary>The limits of the weights, a sentence each.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>Images of curves: file names in the same folder.</summary>
    public required IReadOnlyList<string> Curves { get; init; }
}
