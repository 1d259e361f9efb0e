using CaffeSharp;
using Mtcnn.Cascade.Nets;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Crops.Makers;
using Mtcnn.Training.Options;
using Mtcnn.Training.Preparation;
using OpenCvSharp;

namespace Mtcnn.Tests.Crops;

public sealed class CropMakersTests
{
    private const int Side = 250;

    private static readonly MarkedFace MadeFace = new(new Box(100, 80, 160, 150), null, IsIgnored: false);

    [Fact]
    public void Random_crops_overlap_the_face_as_their_kind_says()
    {
        using Mat pixels = Coordinates();

        List<Crop> crops = Make(new CropOptions { NegativesOfImage = 200, NegativesOfFace = 50 }, pixels, everyFaceIsMarked: true, MadeFace);

        Assert.InRange(crops.Count(crop => crop.Kind == CropKind.Negative), 240, 250);
        Assert.InRange(crops.Count(crop => crop.Kind == CropKind.Positive), 2, 18);
        Assert.InRange(crops.Count(crop => crop.Kind == CropKind.Part), 2, 18);
        foreach (Crop crop in crops)
        {
            Box box = PlaceOf(crop);
            double overlap = box.OverlapWith(MadeFace.Box);
            (double least, double most) = crop.Kind switch
            {
                CropKind.Negative => (0, 0.3),
                CropKind.Part => (0.4, 0.65),
                _ => (0.65, 1.0),
            };
            Assert.InRange(overlap, least - 0.03, most + 0.03);
            Assert.InRange(box.Width, 33, 142);
            if (crop.Targets.Offsets is { } offsets)
            {
                Assert.Equal((100 - box.Left) / box.Width, offsets.Left, 0.03);
                Assert.Equal((80 - box.Top) / box.Width, offsets.Top, 0.03);
                Assert.Equal((160 - box.Right) / box.Width, offsets.Right, 0.03);
                Assert.Equal((150 - box.Bottom) / box.Width, offsets.Bottom, 0.03);
            }
        }
    }

    [Fact]
    public void Negatives_touch_a_marked_face_where_others_are_unmarked_and_never_an_ignored_one()
    {
        using Mat pixels = Coordinates();
        CropOptions options = new() { SmallestNegative = 20, NegativesByScale = true };
        MarkedFace ignored = new(new Box(170, 100, 230, 160), null, IsIgnored: true);

        List<Crop> crops = Make(options, pixels, everyFaceIsMarked: false, MadeFace, ignored);

        Crop[] negatives = [.. crops.Where(crop => crop.Kind == CropKind.Negative)];
        Assert.InRange(negatives.Length, 25, 50);
        Assert.All(negatives, crop => Assert.InRange(PlaceOf(crop).OverlapWith(MadeFace.Box), 0.07, 0.33));
        Assert.All(negatives, crop => Assert.InRange(PlaceOf(crop).OverlapWith(ignored.Box), 0, 0.02));
    }

    [Fact]
    public void Image_that_is_all_face_gives_no_negatives_and_comes_to_an_end()
    {
        using Mat pixels = Coordinates();
        MarkedFace everywhere = new(new Box(0, 0, Side, Side), null, IsIgnored: false);
        CropOptions options = new() { LargestNegative = 1, SmallestNegative = 240, NegativesOfImage = 10_000 };

        Assert.DoesNotContain(Make(options, pixels, true, everywhere), crop => crop.Kind == CropKind.Negative);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(10, true)]
    public void The_original_48net_finds_the_points_of_landmark_crops_where_their_targets_are(double rotation, bool mirrored)
    {
        CropSource source = CropSource.Of(AnnotationReader.Read(SharedFiles.Of("data/faces5/validation.csv")));
        LandmarkCrops maker = new(48, new CropOptions { LandmarksOfFace = 8, LandmarkRotation = rotation, MirrorLandmarks = mirrored });
        List<Crop> crops = [];
        for (int i = 0; i < 12; i++)
        {
            AnnotatedImage image = source.Annotations.Images[i];
            using Mat pixels = ImageReader.Read(image.Path);
            maker.Make(new MarkedImage(pixels, FacesInImage.Of(source, image, pixels, []), false), SplitMix.Of(1, (ulong)i), crops.Add);
        }

        using CascadeNets nets = Detectors.LoadNets();
        Blob data = nets.Output.Blobs["data"];
        double error = 0;
        double probability = 0;
        foreach (Crop crop in crops)
        {
            data.Reshape(1, 3, 48, 48);
            crop.Pixels.ToArray().Select(pixel => (pixel - 127.5f) / 128).ToArray().CopyTo(data.MutableData.Span);
            nets.Output.Forward();
            probability += nets.Output.Blobs["prob1"].ToArray()[1] / crops.Count;
            error += ErrorOf(crop.Targets.Points!, nets.Output.Blobs["conv6-3"].ToArray()) / crops.Count;
        }

        // If crops are not transposed, not swapped or rotated the wrong way, the error is above 0.15. The original weights reach 0.05 on their boxes.
        Assert.Equal(96, crops.Count);
        Assert.InRange(probability, 0.97, 1);
        Assert.InRange(error, 0.02, 0.085);
    }

    [Fact]
    public void Box_from_points_is_the_documented_one()
    {
        Landmarks points = new(new(40, 50), new(80, 50), new(60, 70), new(45, 90), new(75, 90));
        AnnotatedFace five = new(null, points.ToArray(), points);
        AnnotatedFace four = new(null, [new(40, 50), new(80, 50), new(60, 70), new(60, 90)], null);

        // The centre is 60, 70 and the scale 40.
        Box box = PointBox.Of(five)!.Value;
        Assert.Equal(60 - 43.6, box.Left, 9);
        Assert.Equal(70 - 65.2, box.Top, 9);
        Assert.Equal(60 + 38.8, box.Right, 9);
        Assert.Equal(70 + 44.8, box.Bottom, 9);
        Assert.Equal(PointBox.Of(five), PointBox.Of(four));
        Assert.Null(PointBox.Of(new AnnotatedFace(new Box(0, 0, 9, 9), [], null)));
    }

    /// <summary>An image whose red channel is the column and whose green channel is the row.</summary>
    private static Mat Coordinates()
    {
        Mat pixels = new(Side, Side, MatType.CV_8UC3);
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                pixels.Set(y, x, new Vec3b(0, (byte)y, (byte)x));
            }
        }

        return pixels;
    }

    private static List<Crop> Make(CropOptions options, Mat pixels, bool everyFaceIsMarked, params MarkedFace[] faces)
    {
        List<Crop> crops = [];
        new ProposalCrops(12, options).Make(new MarkedImage(pixels, faces, everyFaceIsMarked), SplitMix.Of(7), crops.Add);
        return crops;
    }

    // Planes are red, green, blue, and transposed: the red plane increases from line to line.
    private static Box PlaceOf(Crop crop)
    {
        ReadOnlySpan<byte> pixels = crop.Pixels.Span;
        int last = (crop.Side * crop.Side) - 1;
        ReadOnlySpan<byte> green = pixels[(last + 1)..];
        double half = (pixels[last] - pixels[0]) / (2.0 * (crop.Side - 1));
        return new Box(pixels[0] - half + 0.5, green[0] - half + 0.5, pixels[last] + half + 0.5, green[last] + half + 0.5);
    }

    private static double ErrorOf(IReadOnlyList<float> expected, float[] found)
    {
        double eyes = double.Hypot(expected[1] - expected[0], expected[6] - expected[5]);
        return Enumerable.Range(0, 5).Average(i => double.Hypot(found[i] - expected[i], found[5 + i] - expected[5 + i])) / eyes;
    }
}
