using Mtcnn.Detection;

namespace Mtcnn.Evaluation;

/// <summary>A marked face and the detection that found it.</summary>
/// <param name="Annotated">The marked face.</param>
/// <param name="Detected">The detection; null where the face was missed.</param>
public sealed record FaceMatch(AnnotatedFace Annotated, Face? Detected)
{
    /// <summary>
    /// The normalised mean error (NME): the mean distance of the five landmarks from the marked ones, over the marked eye
    /// distance. Null where the face was missed or five landmarks were not marked.
    /// </summary>
    public double? LandmarkError
    {
        get
        {
            if (Detected is null || Annotated.Landmarks is not { } truth)
            {
                return null;
            }

            double sum = 0;
            for (int i = 0; i < Landmarks.Count; i++)
            {
                sum += Detected.Landmarks[i].DistanceTo(truth[i]);
            }

            return sum / Landmarks.Count / truth.EyeDistance;
        }
    }
}
