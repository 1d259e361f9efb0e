namespace Mtcnn.Training.Evaluation.Wider;

/// <summary>The difficulty sets of WIDER FACE. Each contains the previous ones.</summary>
public enum WiderDifficulty
{
    /// <summary>Large and clear faces.</summary>
    Easy,

    /// <summary>Also smaller faces.</summary>
    Medium,

    /// <summary>All valid faces.</summary>
    Hard,
}
