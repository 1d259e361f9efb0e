namespace Mtcnn.Training.Evaluation;

/// <summary>What landmark errors are measured in.</summary>
public enum LandmarkUnit
{
    /// <summary>The distance between the marked eyes. Grows without bound where a face turns to its profile.</summary>
    EyeDistance,

    /// <summary>The diagonal of the marked box.</summary>
    BoxDiagonal,
}
