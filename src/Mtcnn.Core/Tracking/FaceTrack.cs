using Mtcnn.Faces;

namespace Mtcnn.Tracking;

/// <summary>One identity and where it was last.</summary>
internal sealed class FaceTrack
{
    public FaceTrack(int id, Face face, int frame)
    {
        Id = id;
        FirstFrame = frame;
        Last = face;
        LastFrame = frame;
    }

    public int Id { get; }

    public int FirstFrame { get; }

    /// <summary>The face where it was last seen.</summary>
    public Face Last { get; private set; }

    /// <summary>The number of the frame in which that was.</summary>
    public int LastFrame { get; private set; }

    public void Seen(Face face, int frame)
    {
        Last = face;
        LastFrame = frame;
    }
}
