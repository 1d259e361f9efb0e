namespace Mtcnn.Training.Evaluation.Wider;

/// <summary>The sets of faces of WIDER FACE; each holds those before it.</summary>
public enum WiderDifficulty
{
    /// <summary>Large and clear faces.</summary>
    Easy,

    /// <summary>Smaller ones too.</summary>
    Medium,

    /// <summary>All that are valid.</summary>
    Hard,
}
