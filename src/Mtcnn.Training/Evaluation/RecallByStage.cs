namespace Mtcnn.Training.Evaluation;

/// <summary>How many of the marked faces are left after a net of the cascade: what a net loses, no later one finds again.</summary>
/// <param name="Net">The net: "12net", "24net" or "48net", each with the suppressions that follow it.</param>
/// <param name="Boxes">How many boxes it let pass in all images.</param>
/// <param name="Faces">How many faces were marked.</param>
/// <param name="Left">How many of them at least one of the boxes fits.</param>
/// <param name="Lost">How many the boxes before the net fitted, and its own no longer do; negative where its corrections brought more back.</param>
public sealed record RecallByStage(string Net, int Boxes, int Faces, int Left, int Lost)
{
    private static readonly string[] Nets = ["12net", "24net", "48net"];

    /// <summary>Faces left over marked faces, from 0 to 1; 1 where no face is marked.</summary>
    public double Recall => Faces == 0 ? 1 : (double)Left / Faces;

    /// <summary>Sums up images.</summary>
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
