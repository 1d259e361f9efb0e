using Mtcnn.Cascade.Profiles;
using Mtcnn.Suite.Rivals;
using OpenCvSharp;

namespace Mtcnn.Suite.Sections;

/// <summary>Rivals that take turns on images.</summary>
internal sealed class RivalTurns : IDisposable
{
    private readonly IDetectorRival[] _rivals;

    /// <param name="names">The rivals (see <see cref="RivalKind"/>).</param>
    /// <param name="profile">The way to run the cascade.</param>
    /// <param name="threads">The threads of an image.</param>
    public RivalTurns(IReadOnlyList<string> names, CascadeProfile profile, int threads)
    {
        _rivals = [.. names.Select(name => RivalKind.Open(name, profile, threads))];
    }

    /// <summary>Sees that all find the same faces, then measures them.</summary>
    /// <returns>How many faces there are, and the milliseconds of each rival.</returns>
    public (int Faces, double[] Medians) Measure(string path, Mat image, int rounds)
    {
        RivalAnswer[] answers = [.. _rivals.Select(rival => rival.Detect(path, image))];
        for (int other = 1; other < answers.Length; other++)
        {
            answers[other].RequireSame(answers[0], $"{path}: {_rivals[other].Name} and {_rivals[0].Name}");
        }

        double[] medians = Turns.MediansOfWarm(rounds, [.. _rivals.Select(rival => (Func<double>)(() => rival.Detect(path, image).Milliseconds))]);
        return (answers[0].Faces.Count, medians);
    }

    public void Dispose() => Array.ForEach(_rivals, rival => rival.Dispose());
}
