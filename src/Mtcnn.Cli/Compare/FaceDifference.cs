using Mtcnn.Faces;

namespace Mtcnn.Cli.Compare;

/// <summary>The differences between the faces and those computed from pycaffe's outputs, over all images so far.</summary>
internal sealed class FaceDifference
{
    public int Ours { get; private set; }

    public int Theirs { get; private set; }

    /// <summary>The number of faces without a counterpart near them in the other result.</summary>
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
