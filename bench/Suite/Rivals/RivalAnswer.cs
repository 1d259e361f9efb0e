using Mtcnn.Faces;

namespace Mtcnn.Suite.Rivals;

/// <summary>The boxes of the faces in falling score, and the milliseconds on the clock.</summary>
internal sealed record RivalAnswer(IReadOnlyList<ScoredBox> Faces, double Milliseconds)
{
    // Rounding moves an edge that is cut to whole pixels by one.
    private const double EdgeTolerance = 1.01;
    private const double ScoreTolerance = 1e-3;

    /// <summary>Checks that both found the same, so that the times are those of the same work.</summary>
    /// <exception cref="InvalidOperationException">They did not.</exception>
    public void RequireSame(RivalAnswer other, string what)
    {
        bool same = Faces.Count == other.Faces.Count && Faces.All(face => other.Faces.Any(box => AreClose(face, box)));
        if (!same)
        {
            throw new InvalidOperationException(
                $"{what}: other faces.\n{string.Join('\n', Faces)}\nand\n{string.Join('\n', other.Faces)}");
        }
    }

    private static bool AreClose(ScoredBox a, ScoredBox b) =>
        Math.Abs(a.Score - b.Score) < ScoreTolerance && Math.Abs(a.Box.Left - b.Box.Left) < EdgeTolerance &&
        Math.Abs(a.Box.Top - b.Box.Top) < EdgeTolerance && Math.Abs(a.Box.Right - b.Box.Right) < EdgeTolerance &&
        Math.Abs(a.Box.Bottom - b.Box.Bottom) < EdgeTolerance;
}
