namespace Mtcnn.Detection;

/// <summary>Which of an image's faces are required.</summary>
public enum FaceSelection
{
    /// <summary>All of them, the most probable first.</summary>
    All,

    /// <summary>The one with the largest box.</summary>
    Largest,

    /// <summary>The one with the highest score.</summary>
    MostProbable,

    /// <summary>The one whose box has its middle nearest to the image's.</summary>
    MostCentral,
}
