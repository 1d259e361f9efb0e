using CaffeSharp;
using Mtcnn.Faces;
using Mtcnn.Pixels;
using Mtcnn.Sampling;

namespace Mtcnn.Cascade.Stages;

/// <summary>Runs the landmark net over the patches of some faces at a time. Not thread-safe. The net is the caller's.</summary>
internal sealed class PatchRunner
{
    // An answer further from the middle of the patch is not believed.
    private const float FurthestMove = 0.35f;

    private readonly Net _net;
    private readonly Blob _data;
    private readonly Blob[] _places;

    public PatchRunner(Net net)
    {
        _net = net;
        _data = net.Blobs["data"];
        _places = [.. Enumerable.Range(1, Landmarks.Count).Select(i => net.Blobs[$"fc5_{i}"])];
    }

    /// <summary>Refines the landmarks of some of the faces.</summary>
    /// <param name="image">The image.</param>
    /// <param name="faces">All faces.</param>
    /// <param name="first">The first of those that are refined.</param>
    /// <param name="count">How many are refined.</param>
    /// <param name="refined">Gets them, each at its place.</param>
    public void Run(BgrImage image, IReadOnlyList<Face> faces, int first, int count, Face[] refined)
    {
        Fill(image, faces, first, count);
        _net.Forward();
        for (int i = 0; i < count; i++)
        {
            refined[first + i] = Refine(faces[first + i], i);
        }
    }

    private void Fill(BgrImage image, IReadOnlyList<Face> faces, int first, int count)
    {
        _data.Reshape(count, Landmarks.Count * Resampling.Channels, LandmarkRefinement.PatchSide, LandmarkRefinement.PatchSide);
        Span<float> data = _data.Overwrite();
        for (int i = first; i < first + count; i++)
        {
            for (int landmark = 0; landmark < Landmarks.Count; landmark++)
            {
                PatchOf(faces[i], landmark).Cut(image, data[..LandmarkPatch.Length]);
                data = data[LandmarkPatch.Length..];
            }
        }
    }

    private Face Refine(Face face, int index)
    {
        Span<ImagePoint> points = stackalloc ImagePoint[Landmarks.Count];
        for (int i = 0; i < points.Length; i++)
        {
            ReadOnlySpan<float> place = _places[i].Data.Span.Slice(2 * index, 2);
            points[i] = Move(PatchOf(face, i), place[0], place[1]);
        }

        return face with { Landmarks = new Landmarks(points) };
    }

    private static ImagePoint Move(LandmarkPatch patch, float x, float y)
    {
        bool believed = Math.Abs(x - 0.5f) <= FurthestMove && Math.Abs(y - 0.5f) <= FurthestMove;
        return believed ? patch.PointAt(x, y) : patch.Landmark;
    }

    private static LandmarkPatch PatchOf(Face face, int landmark) =>
        new(face.Landmarks[landmark], LandmarkPatch.SideOf(Math.Max(face.Box.Width, face.Box.Height)));
}
