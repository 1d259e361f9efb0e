using Mtcnn.Faces;
using Mtcnn.Training.Evaluation.Wider;

namespace Mtcnn.Tests.Evaluation;

/// <summary>
/// The steps of WIDER FACE's official evaluation, implemented literally as in MATLAB and without optimization: normalise scores, evaluate each image, sum
/// over thresholds, close the curve.
/// </summary>
internal static class OfficialWiderProcedure
{
    private const int Steps = 1000;

    public static (double Average, double[] Recalls, double[] Precisions) Run(
        IReadOnlyList<WiderImage> images, IReadOnlyList<IReadOnlyList<ScoredBox>> detected, WiderDifficulty difficulty)
    {
        double lowest = detected.SelectMany(boxes => boxes).Min(box => box.Score);
        double highest = detected.SelectMany(boxes => boxes).Max(box => box.Score);
        double[] proposals = new double[Steps];
        double[] found = new double[Steps];
        int faces = 0;
        for (int i = 0; i < images.Count; i++)
        {
            faces += images[i].Counted[difficulty].Count;
            (Box Box, double Score)[] falling = [.. detected[i].OrderByDescending(box => box.Score).Select(box => (box.Box, (box.Score - lowest) / (highest - lowest)))];
            if (falling.Length == 0 || images[i].Boxes.Count == 0)
            {
                continue;
            }

            (int[] recall, int[] proposal) = Judge(images[i], falling, difficulty);
            for (int t = 1; t <= Steps; t++)
            {
                double threshold = 1 - (t / (double)Steps);
                int last = Array.FindLastIndex(falling, box => box.Score >= threshold);
                proposals[t - 1] += last < 0 ? 0 : proposal[..(last + 1)].Count(value => value == 1);
                found[t - 1] += last < 0 ? 0 : recall[last];
            }
        }

        double[] precisions = [.. found.Zip(proposals, (right, all) => right / all)];
        double[] recalls = [.. found.Select(right => right / faces)];
        return (Average(recalls, precisions), recalls, precisions);
    }

    private static (int[] Recall, int[] Proposal) Judge(WiderImage image, (Box Box, double Score)[] falling, WiderDifficulty difficulty)
    {
        int[] recall = new int[falling.Length];
        int[] recallList = new int[image.Boxes.Count];
        int[] proposal = new int[falling.Length];
        Array.Fill(proposal, 1);
        for (int h = 0; h < falling.Length; h++)
        {
            double[] overlaps = [.. image.Boxes.Select(box => Overlap(box, falling[h].Box))];
            int best = Array.IndexOf(overlaps, overlaps.Max());
            if (overlaps[best] >= 0.5)
            {
                if (!image.Counted[difficulty].Contains(best))
                {
                    recallList[best] = -1;
                    proposal[h] = -1;
                }
                else if (recallList[best] == 0)
                {
                    recallList[best] = 1;
                }
            }

            recall[h] = recallList.Count(value => value == 1);
        }

        return (recall, proposal);
    }

    private static double Overlap(Box a, Box b)
    {
        double w = Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left) + 1;
        double h = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) + 1;
        double areaOfA = (a.Right - a.Left + 1) * (a.Bottom - a.Top + 1);
        double areaOfB = (b.Right - b.Left + 1) * (b.Bottom - b.Top + 1);
        return w <= 0 || h <= 0 ? 0 : w * h / (areaOfA + areaOfB - (w * h));
    }

    private static double Average(double[] recalls, double[] precisions)
    {
        double[] mrec = [0, .. recalls, 1];
        double[] mpre = [0, .. precisions, 0];
        for (int i = mpre.Length - 2; i >= 0; i--)
        {
            mpre[i] = double.IsNaN(mpre[i]) ? mpre[i + 1] : Math.Max(mpre[i], mpre[i + 1]);
        }

        return Enumerable.Range(1, mrec.Length - 1).Where(i => mrec[i] != mrec[i - 1]).Sum(i => (mrec[i] - mrec[i - 1]) * mpre[i]);
    }
}
