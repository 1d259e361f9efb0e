namespace Mtcnn.Training.Evaluation;

/// <summary>Precision over recall, from the highest score to the lowest.</summary>
/// <param name="Faces">The number of counted faces.</param>
/// <param name="Points">The points, in order of increasing recall.</param>
public sealed record PrecisionRecallCurve(int Faces, IReadOnlyList<PrecisionRecallPoint> Points)
{
    /// <summary>
    /// The average precision (AP), from 0 to 1: the area below the curve after precision is made non-increasing, as in PASCAL VOC since
    /// 2010. Null if no face is counted.
    /// </summary>
    public double? AveragePrecision
    {
        get
        {
            if (Faces == 0)
            {
                return null;
            }

            double area = 0;
            double best = 0;
            for (int i = Points.Count - 1; i >= 0; i--)
            {
                // Points without a counted detection have neither precision nor recall. MATLAB's max also ignores them.
                best = double.IsNaN(Points[i].Precision) ? best : Math.Max(best, Points[i].Precision);
                double before = i == 0 ? 0 : Points[i - 1].Recall;
                area += (Points[i].Recall - before) * best;
            }

            return area;
        }
    }
}
