using Mtcnn.Faces;

namespace Mtcnn.Cli.Compare;

/// <summary>How far the faces are from those that pycaffe's answers give, over all images so far.</summary>
internal sealed class FaceDifference
{
    public int Ours { get; private set; }

    public int Theirs { get; private set; }

    /// <summary>Faces of one that have none of the other near them.</summary>
    public int Unmatched { get; private set; }

    public double LargestScore { get; private set; }

    /// <summary>The largest distance of two edges, in pixels.</summary>
    public double LargestEdge { get; private set; }

    /// <summary>The largest distance of two landmarks, in pixels.</summary>
    public double LargestLandmark { get; private set; }

    public void Add(IReadOnlyList<Face> ours, IReadOnlyList<Face> theirs)
    {
        Ours += ours.Count;
        Theirs += theirs.Count;
        List<Face> left = [.. theirs];
        foreach (Face face in ours)
        {
            Face? nearest = left.MinBy(other => other.Box.Center.DistanceTo(face.Box.Center));
            if (nearest is null || nearest.Box.Center.DistanceTo(face.Box.Center) > face.Box.Width / 2)
            {
                Unmatched++;
                continue;
            }

            left.Remove(nearest);
            Add(face, nearest);
        }

        Unmatched += left.Count;
    }

    private void Add(Face ours, Face theirs)
    {
        LargestScore = Math.Max(LargestScore, Math.Abs(ours.Score - theirs.Score));
        double[] edges =
        [
            ours.Box.Left - theirs.Box.Left, ours.Box.Top - theirs.Box.Top,
            ours.Box.Right - theirs.Box.Right, ours.Box.Bottom - theirs.Box.Bottom,
        ];
        LargestEdge = Math.Max(LargestEdge, edges.Max(Math.Abs));
        LargestLandmark = Math.Max(
            LargestLandmark, Enumerable.Range(0, Landmarks.Count).Max(index => ours.Landmarks[index].DistanceTo(theirs.Landmarks[index])));
    }
}
