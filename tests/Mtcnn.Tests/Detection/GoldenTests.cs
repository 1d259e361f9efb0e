using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Detection;

/// <summary>Compares every image with the result of the reference implementation, run with pycaffe.</summary>
public sealed class GoldenTests(ITestOutputHelper output)
{
    private const double PixelTolerance = 1e-3;
    private const double ScoreTolerance = 1e-5;

    public static TheoryData<string, string> Images
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string profile in (string[])["authors", "mtcnn-caffe"])
            {
                foreach (string name in GoldenImage.NamesOf(profile))
                {
                    data.Add(profile, name);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> ImagesOfAuthors => [.. GoldenImage.NamesOf("authors")];

    [Theory]
    [MemberData(nameof(Images))]
    public void Detect_in_an_image_gives_the_faces_of_the_reference(string profile, string name)
    {
        GoldenImage golden = GoldenImage.Read(profile, name);
        using Mat image = ReadAsTheReference(golden);

        CascadeResult result = Detectors.Of(profile).DetectWithStages(image);

        AssertSameFaces([.. golden.Faces.Select(face => face.Face)], result.Faces);
        AssertSameCounts(golden, result);
    }

    [Theory]
    [MemberData(nameof(ImagesOfAuthors))]
    public void Detect_with_the_fourth_net_gives_the_refined_landmarks_of_the_reference(string name)
    {
        GoldenImage golden = GoldenImage.Read("authors", name);
        using Mat image = ReadAsTheReference(golden);

        IReadOnlyList<Face> faces = Detectors.Refining.Detect(image);

        AssertSameFaces([.. golden.Faces.Select(face => face.Face with { Landmarks = face.Refined!.Value })], faces);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Detect_with_the_original_engine_gives_the_faces_of_the_reference(string profile, string name)
    {
        GoldenImage golden = GoldenImage.Read(profile, name);
        using Mat image = ReadAsTheReference(golden);

        CascadeResult result = Detectors.OriginalOf(profile).DetectWithStages(image);

        AssertSameFaces([.. golden.Faces.Select(face => face.Refined is { } refined ? face.Face with { Landmarks = refined } : face.Face)], result.Faces);
        AssertSameCounts(golden, result);
    }

    [SuppressMessage("Security", "CA5351", Justification = "The reference results name their pixels by MD5.")]
    private static Mat ReadAsTheReference(GoldenImage golden)
    {
        Mat image = ImageReader.Read(golden.ImagePath);
        Assert.True(image.GetArray(out Vec3b[] pixels));
        Assert.Equal((golden.Width, golden.Height), (image.Width, image.Height));
        Assert.Equal(golden.PixelsMd5, Convert.ToHexStringLower(MD5.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<Vec3b>(pixels))));
        return image;
    }

    private void AssertSameFaces(Face[] expected, IReadOnlyList<Face> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        double worstBox = 0;
        double worstLandmark = 0;
        double worstScore = 0;
        List<Face> rest = [.. actual];
        foreach (Face face in expected)
        {
            // Faces are in order of decreasing score. The order of equal scores may differ.
            Face nearest = rest.MinBy(other => other.Box.Center.DistanceTo(face.Box.Center))!;
            rest.Remove(nearest);
            worstBox = Math.Max(worstBox, FarthestEdge(face.Box, nearest.Box));
            worstLandmark = Math.Max(worstLandmark, Enumerable.Range(0, Landmarks.Count).Max(i => face.Landmarks[i].DistanceTo(nearest.Landmarks[i])));
            worstScore = Math.Max(worstScore, Math.Abs(face.Score - nearest.Score));
        }

        output.WriteLine($"worst box {worstBox:E2} px, landmark {worstLandmark:E2} px, score {worstScore:E2}");
        Assert.InRange(worstBox, 0, PixelTolerance);
        Assert.InRange(worstLandmark, 0, PixelTolerance);
        Assert.InRange(worstScore, 0, ScoreTolerance);
    }

    private void AssertSameCounts(GoldenImage golden, CascadeResult result)
    {
        output.WriteLine($"after 12net {result.Proposed.Count}, reference {golden.BoxesAfter12Net}; after 24net {result.Refined.Count}, reference {golden.BoxesAfter24Net}");
        Assert.Equal(golden.BoxesAfter12Net ?? result.Proposed.Count, result.Proposed.Count);
        Assert.Equal(golden.BoxesAfter24Net ?? result.Refined.Count, result.Refined.Count);
    }

    private static double FarthestEdge(Box first, Box second) => new[]
    {
        Math.Abs(first.Left - second.Left), Math.Abs(first.Top - second.Top), Math.Abs(first.Right - second.Right), Math.Abs(first.Bottom - second.Bottom),
    }.Max();
}
