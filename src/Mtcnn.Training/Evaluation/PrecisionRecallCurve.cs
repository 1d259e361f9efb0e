namespace Mtcnn.Training.Evaluation;

/// <summary>Precision over recall, from the highest score to the lowest.</summary>
/// <param name="Faces">How many marked faces count.</param>
/// <param name="Points">The points, in rising recall.</param>
public sealed record PrecisionRecallCurve(int Faces, IReadOnlyList<PrecisionRecallPoint> Points)
{
    /// <summary>
    /// The average precision (AP), from 0 to 1: the area below the curve once precision never rises with recall, as PASCAL VOC has measured it since
    /// 2010. Null where no face counts.
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
                // Points without a detection that counts have no precision and no recall; MATLAB's max passes over them as well.
                best = double.IsNaN(Points[i].Precision) ? best : Math.Max(best, Points[i].Precision);
                double before = i == 0 ? 0 : Points[i - 1].Recall;
                area += (Points[i].Recall - before) * best;
            }

            return area;
        }
    }
}
