using Mtcnn.Faces;

namespace Mtcnn.Tracking;

/// <summary>Says which face of a frame is which of the frame before, the likeliest pairs first.</summary>
internal static class TrackMatcher
{
    /// <summary>Gives each track the index of its face, or none.</summary>
    /// <param name="tracks">Those to find again.</param>
    /// <param name="faces">The faces of the frame.</param>
    /// <param name="leastOverlap">The least intersection over union of their boxes.</param>
    public static int?[] Match(IReadOnlyList<FaceTrack> tracks, IReadOnlyList<Face> faces, double leastOverlap)
    {
        int?[] matched = new int?[tracks.Count];
        HashSet<int> taken = [];
        var pairs =
            from track in Enumerable.Range(0, tracks.Count)
            from face in Enumerable.Range(0, faces.Count)
            let overlap = tracks[track].Last.Box.OverlapWith(faces[face].Box)
            where overlap >= leastOverlap
            orderby Likeness(tracks[track].Last, faces[face], overlap) descending, track, face
            select (track, face);
        foreach ((int track, int face) in pairs)
        {
            if (matched[track] is null && taken.Add(face))
            {
                matched[track] = face;
            }
        }

        return matched;
    }

    // Where boxes overlap alike, as of two heads close together, the landmarks tell whose face it is.
    private static double Likeness(Face before, Face now, double overlap)
    {
        double distance = 0;
        for (int point = 0; point < Landmarks.Count; point++)
        {
            distance += before.Landmarks[point].DistanceTo(now.Landmarks[point]) / Landmarks.Count;
        }

        return overlap - (distance / Math.Max(before.Box.Width, before.Box.Height));
    }
}
