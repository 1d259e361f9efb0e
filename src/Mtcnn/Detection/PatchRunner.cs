using CaffeSharp;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>Runs the landmark net over the patches of some faces at a time. Not thread-safe. The net is the caller's.</summary>
internal sealed class PatchRunner
{
    private const int Side = LandmarkRefinement.PatchSide;
    private const int PatchLength = Resampling.Channels * Side * Side;

    // A patch is so much of the longer side of the face's box.
    private const double PatchShare = 0.25;

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
    /// <param name="picture">The picture, 8-bit BGR.</param>
    /// <param name="faces">All faces.</param>
    /// <param name="first">The first of those that are refined.</param>
    /// <param name="count">How many are refined.</param>
    /// <param name="refined">Gets them, each at its place.</param>
    public void Run(Mat picture, IReadOnlyList<Face> faces, int first, int count, Face[] refined)
    {
        Fill(picture, faces, first, count);
        _net.Forward();
        for (int i = 0; i < count; i++)
        {
            refined[first + i] = Refine(faces[first + i], i);
        }
    }

    private void Fill(Mat picture, IReadOnlyList<Face> faces, int first, int count)
    {
        _data.Reshape(count, Landmarks.Count * Resampling.Channels, Side, Side);
        Span<float> data = _data.MutableData.Span;
        for (int i = first; i < first + count; i++)
        {
            int side = PatchSideOf(faces[i].Box);
            for (int landmark = 0; landmark < Landmarks.Count; landmark++)
            {
                ImagePoint point = faces[i].Landmarks[landmark];
                Rect region = new((int)(point.X - (side / 2)), (int)(point.Y - (side / 2)), side + 1, side + 1);
                Resampler.InBytes(picture, new Resampling(region, new ImageSize(Side, Side), ChannelOrder.Rgb), data[..PatchLength]);
                data = data[PatchLength..];
            }
        }
    }

    private Face Refine(Face face, int index)
    {
        int side = PatchSideOf(face.Box);
        Span<ImagePoint> points = stackalloc ImagePoint[Landmarks.Count];
        for (int i = 0; i < points.Length; i++)
        {
            ReadOnlySpan<float> place = _places[i].Data.Span.Slice(2 * index, 2);
            points[i] = Move(face.Landmarks[i], side, place[0], place[1]);
        }

        return face with { Landmarks = new Landmarks(points) };
    }

    private static ImagePoint Move(ImagePoint point, int side, float x, float y)
    {
        bool believed = Math.Abs(x - 0.5f) <= FurthestMove && Math.Abs(y - 0.5f) <= FurthestMove;
        return believed ? new ImagePoint(point.X - (side / 2) + (side * x), point.Y - (side / 2) + (side * y)) : point;
    }

    // Counted in pixels, both edges included, and even, so that the landmark is in the middle.
    private static int PatchSideOf(Box box)
    {
        int side = (int)(PatchShare * (Math.Max(box.Width, box.Height) + 1));
        return side + (side % 2);
    }
}
