using Mtcnn.Faces;

namespace Mtcnn.Tracking;

/// <summary>A face of a frame that is the same person's, as far as its place shows, as in earlier frames. Immutable.</summary>
/// <param name="Id">The identity: from 1, never given twice by one tracker.</param>
/// <param name="Face">The face in this frame.</param>
/// <param name="FirstFrame">The number of the frame in which this identity was first seen, from 0.</param>
public sealed record TrackedFace(int Id, Face Face, int FirstFrame);
