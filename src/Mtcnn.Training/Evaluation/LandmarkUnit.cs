namespace Mtcnn.Training.Evaluation;

/// <summary>The unit of landmark errors.</summary>
public enum LandmarkUnit
{
    /// <summary>The distance between the marked eyes. Errors in this unit grow without bound as a face turns to profile.</summary>
    EyeDistance,

    /// <summary>The diagonal of the marked box.</summary>
    BoxDiagonal,
}
