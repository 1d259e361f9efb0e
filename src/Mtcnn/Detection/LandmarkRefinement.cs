using CaffeSharp;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>
/// The optional last step: the fourth net looks at a small patch around each landmark and moves it. It works on the faces
/// of either profile. Not thread-safe: one caller at a time, as for the net it runs. The net is the caller's and must outlive
/// the step.
/// </summary>
public sealed class LandmarkRefinement
{
    /// <summary>The side of a patch as the net sees it, in pixels.</summary>
    public const int PatchSide = 24;

    private const int LargestBatch = 32;
    private const int Channels = 3;
    private const int PatchLength = Channels * PatchSide * PatchSide;

    // A patch is so much of the longer side of the face's box.
    private const double PatchShare = 0.25;

    // An answer further from the middle of the patch is not believed.
    private const float FurthestMove = 0.35f;

    private readonly Net _net;
    private readonly Blob _data;
    private readonly Blob[] _places;

    /// <summary>Makes the step of a net.</summary>
    /// <param name="net">The landmark net (see <see cref="NetworkDefinitions.Landmarks"/>) with its weights.</param>
    public LandmarkRefinement(Net net)
    {
        _net = net;
        _data = net.Blobs["data"];
        _places = [.. Enumerable.Range(1, Landmarks.Count).Select(i => net.Blobs[$"fc5_{i}"])];
    }

    /// <summary>Refines the landmarks of faces.</summary>
    /// <param name="picture">The picture, 8-bit BGR.</param>
    /// <param name="faces">The faces found in it.</param>
    /// <returns>The same faces in the same order, with refined landmarks.</returns>
    /// <exception cref="ArgumentException">The picture is not 8-bit BGR.</exception>
    public IReadOnlyList<Face> Run(Mat picture, IReadOnlyList<Face> faces)
    {
        _ = Picture.SizeOf(picture);
        List<Face> refined = new(faces.Count);
        foreach (Face[] batch in faces.Chunk(LargestBatch))
        {
            Fill(picture, batch);
            _net.Forward();
            for (int i = 0; i < batch.Length; i++)
            {
                refined.Add(Refine(batch[i], i));
            }
        }

        return refined;
    }

    private void Fill(Mat picture, Face[] faces)
    {
        _data.Reshape(faces.Length, Landmarks.Count * Channels, PatchSide, PatchSide);
        _net.Reshape();
        Span<float> data = _data.MutableData.Span;
        foreach (Face face in faces)
        {
            int side = PatchSideOf(face.Box);
            foreach (ImagePoint point in face.Landmarks)
            {
                Rect region = new((int)(point.X - (side / 2)), (int)(point.Y - (side / 2)), side + 1, side + 1);
                Resampler.InBytes(picture, new Resampling(region, new ImageSize(PatchSide, PatchSide), ChannelOrder.Rgb), data[..PatchLength]);
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
