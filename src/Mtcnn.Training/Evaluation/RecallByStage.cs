namespace Mtcnn.Training.Evaluation;

/// <summary>The marked faces that are left after a net of the cascade. Faces that a net loses cannot be found by a later net.</summary>
/// <param name="Net">The net: "12net", "24net" or "48net", each with the suppressions that follow it.</param>
/// <param name="Boxes">The number of boxes that pass the net, in all images.</param>
/// <param name="Faces">The number of marked faces.</param>
/// <param name="Left">The number of marked faces that at least one of the boxes fits.</param>
/// <param name="Lost">The number of faces that the boxes before the net fit minus the number that its boxes fit; negative if its corrections recover more faces.</param>
public sealed record RecallByStage(string Net, int Boxes, int Faces, int Left, int Lost)
{
    private static readonly string[] Nets = ["12net", "24net", "48net"];

    /// <summary>The number of faces left divided by the number of marked faces, from 0 to 1; 1 if no face is marked.</summary>
    public double Recall => Faces == 0 ? 1 : (double)Left / Faces;

    /// <summary>Adds up the counts of all images.</summary>
    internal static IReadOnlyList<RecallByStage> Of(IReadOnlyCollection<ImageFindings> findings)
    {
        int faces = findings.Sum(image => image.Image.Faces.Count(face => !face.IsIgnored));
        List<RecallByStage> stages = [];
        for (int i = 0; i < Nets.Length; i++)
        {
            int left = findings.Sum(image => image.Stages[i].Faces);
            int before = i == 0 ? faces : stages[i - 1].Left;
            stages.Add(new RecallByStage(Nets[i], findings.Sum(image => image.Stages[i].Boxes), faces, left, before - left));
        }

        return stages;
    }
}
