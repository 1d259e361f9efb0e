using CaffeSharp;
using CaffeSharp.Tests.Support;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cascade.Stages;
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

public sealed class PatchCropsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CropSource _source = CropSource.Of(AnnotationReader.Read(SharedFiles.Of("data/faces5/validation.csv")));

    [Fact]
    public void Patches_are_those_that_the_detector_cuts_around_the_same_landmarks()
    {
        PatchCrops maker = new(new CropOptions { PatchesOfFace = 1, PatchShift = 0, PatchPointShift = 0, SmallestPatchBox = 1, LargestPatchBox = 1 });
        using Net net = Net.FromText(NetworkDefinition.Landmarks.Prototxt);
        LandmarkRefinement refinement = new(net);
        for (int i = 0; i < 8; i++)
        {
            using MarkedPhoto photo = Open(i);
            MarkedFace face = Assert.Single(photo.Marked.Faces);
            List<Crop> crops = [];
            maker.Make(photo.Marked, SplitMix.Of(1), crops.Add);

            refinement.Run(photo.Marked.Image.AsView(), [new Face(face.Box, 1, face.Points!.Value)]);

            Crop crop = Assert.Single(crops);
            Assert.Equal((CropKind.Landmark, 24, 15), (crop.Kind, crop.Side, crop.Channels));
            Assert.Equal(net.Blobs["data"].ToArray(), crop.Pixels.ToArray().Select(pixel => (pixel - 127.5f) / 128));
            Assert.All(crop.Targets.Points!, place => Assert.Equal(0.5f, place));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public void The_original_landmark_net_finds_the_landmarks_of_patches_where_their_targets_are(double rotation)
    {
        PatchCrops maker = new(new CropOptions { PatchesOfFace = 8, PatchRotation = rotation });
        List<Crop> crops = [];
        for (int i = 0; i < 12; i++)
        {
            using MarkedPhoto photo = Open(i);
            maker.Make(photo.Marked, SplitMix.Of(1, (ulong)i), crops.Add);
        }

        using Net net = Net.FromText(NetworkDefinition.Landmarks.Prototxt);
        net.CopyFrom(SharedFiles.Of("models/official/det4.caffemodel"));
        double before = 0;
        double after = 0;
        foreach (Crop crop in crops)
        {
            crop.Pixels.ToArray().Select(pixel => (pixel - 127.5f) / 128).ToArray().CopyTo(net.Blobs["data"].MutableData.Span);
            net.Forward();
            for (int i = 0; i < Landmarks.Count; i++)
            {
                (float x, float y) = (crop.Targets.Points![i], crop.Targets.Points[5 + i]);
                ReadOnlySpan<float> place = net.Blobs[$"fc5_{i + 1}"].Data;
                before += double.Hypot(x - 0.5, y - 0.5) / crops.Count / Landmarks.Count;
                after += double.Hypot(x - place[0], y - place[1]) / crops.Count / Landmarks.Count;
            }
        }

        // With a shift of 0.067 eye distances in each direction, the means are 0.08 to 0.09 of the eye distance, which is 1.3 patches.
        Assert.InRange(crops.Count, 92, 96);
        Assert.InRange(before, 0.1, 0.14);
        Assert.InRange(after, 0, 0.68 * before);
    }

    [Fact]
    public void A_folder_for_the_landmark_net_holds_patches_alone_and_needs_no_net_before()
    {
        CropPlan plan = new()
        {
            Net = TrainedNet.Landmarks,
            Folder = Path.Combine(_folder.Path, "crops"),
            Options = new CropOptions { PatchesOfFace = 3 },
            Sources = [_source with { Annotations = _source.Annotations with { Images = [.. _source.Annotations.Images.Take(10)] } }],
        };

        CropFolder made = CropPreparation.Run(plan);

        Assert.Equal((TrainedNet.Landmarks, 24), (made.Net, made.Side));
        Assert.Equal((null, null), (made.ClassificationPath, made.OffsetsPath));
        using CropStore store = CropStore.Open(made.PointsPath!);
        Assert.InRange(store.Count, 28, 30);
        Assert.Equal(store.Count, made.Counts[CropKind.Landmark]);
        Assert.All(store.ReadCrops(), crop => Assert.Equal((15, 10), (crop.Channels, crop.Targets.Points!.Count(place => place is >= 0 and <= 1))));
        Assert.Throws<ArgumentException>(() => CropPreparation.Run(plan with { Weights = [SharedFiles.Weights("12net")] }));
        Assert.Throws<ArgumentException>(() => CropPreparation.Run(plan with { WithLandmarks = false }));
    }

    public void Dispose() => _folder.Dispose();

    private MarkedPhoto Open(int index)
    {
        AnnotatedImage image = _source.Annotations.Images[index];
        Mat pixels = ImageReader.Read(image.Path);
        return new MarkedPhoto(new MarkedImage(pixels, FacesInImage.Of(_source, image, pixels, []), false));
    }

    private sealed record MarkedPhoto(MarkedImage Marked) : IDisposable
    {
        public void Dispose() => Marked.Image.Dispose();
    }
}
