using CaffeSharp;
using CaffeSharp.Tests.Support;
using Mtcnn.Cascade.Nets;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Tests.Support;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Batches;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Nets;
using Mtcnn.Training.Options;
using Mtcnn.Training.Preparation;

namespace Mtcnn.Tests.Training;

/// <summary>The training of the fourth net, from photos to the detector.</summary>
public sealed class LandmarkNetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_landmark_net_learns_from_patches_and_its_weights_refine_the_detectors_landmarks()
    {
        NetTrainingOptions options = new()
        {
            Net = TrainedNet.Landmarks,
            Crops = [Prepare(images: 60)],
            Iterations = 150,
            ValidationInterval = 25,
            HeldOut = 0.2,
            Augmentation = new() { Brightness = 0.1, Contrast = 0.25, Grey = 0.1, Blur = 0.1 },
        };

        NetTrainingSummary summary = NetTraining.Run(options, Out("trained"));

        TrainingLogRow first = summary.Log[0], last = summary.Log[^1];
        Assert.Equal(("landmarks", "landmarks.caffemodel"), (summary.Net, summary.Weights));
        Assert.InRange(last.Losses.Points!.Value, 0, first.Losses.Points!.Value / 2);
        Assert.InRange(last.Validation.PointLoss!.Value, 0, first.Validation.PointLoss!.Value / 2);
        // The error of the untrained positions, the centres of the patches, is 0.118.
        Assert.InRange(last.Validation.LandmarkError!.Value, 0.02, 0.11);
        Assert.Equal((0, null, null), (last.Validation.ClassifiedCrops, last.Validation.Accuracy, last.Losses.Classification));
        using Net deploy = Net.FromText(NetworkDefinition.Landmarks.Prototxt);
        WeightsReport report = deploy.CopyFrom(Path.Combine(Out("trained"), summary.Weights));
        Assert.Empty(report.MissingLayers);
        using FaceDetector detector = new(new FaceDetectorOptions
        {
            Models = Detectors.Models with { Landmarks = Path.Combine(Out("trained"), summary.Weights) },
            RefineLandmarks = true,
        });
        Face unrefined = Detectors.Authors.Detect(SharedFiles.Image("obama.jpg"))[0];
        Face refined = detector.Detect(SharedFiles.Image("obama.jpg"))[0];
        Assert.NotEqual(unrefined.Landmarks, refined.Landmarks);
        Assert.InRange(refined.Landmarks.Nose.DistanceTo(unrefined.Landmarks.Nose) / unrefined.Landmarks.EyeDistance, 0, 0.2);
    }

    [Fact]
    public void Mirrored_patches_change_places_with_their_targets()
    {
        using CropStore store = CropStore.Open(CropFolder.Read(Prepare(images: 2)).PointsPath!);
        Crop crop = store.ReadCrops().First();

        TrainingBatch plain = Write(crop, new CropAugmentation { Mirror = 0 });
        TrainingBatch mirrored = Write(crop, new CropAugmentation { Mirror = 1 });

        int[] partners = [1, 0, 2, 4, 3];
        for (int patch = 0; patch < 5; patch++)
        {
            Assert.Equal(1 - plain.Points[partners[patch]], mirrored.Points[patch]);
            Assert.Equal(plain.Points[5 + partners[patch]], mirrored.Points[5 + patch]);
            for (int plane = 0; plane < 3; plane++)
            {
                for (int x = 0; x < 24; x++)
                {
                    Assert.Equal(Line(plain, partners[patch], plane, 23 - x), Line(mirrored, patch, plane, x));
                }
            }
        }
    }

    [Fact]
    public void The_patches_of_a_face_get_one_light()
    {
        byte[] pixels = new byte[15 * 24 * 24];
        Array.Fill(pixels, (byte)100);
        Crop crop = new(CropKind.Landmark, 24, pixels, new CropTargets(null, Enumerable.Repeat(0.5f, 10).ToArray()));

        TrainingBatch batch = Write(crop, new CropAugmentation { Brightness = 0.2, Contrast = 0.3, Colour = 0.3 });

        float[] first = [Line(batch, 0, 0, 0)[0], Line(batch, 0, 1, 0)[0], Line(batch, 0, 2, 0)[0]];
        Assert.Equal(3, first.Distinct().Count());
        Assert.All(Enumerable.Range(0, 15), plane => Assert.All(Line(batch, plane / 3, plane % 3, 7), value => Assert.Equal(first[plane % 3], value)));
    }

    private static TrainingBatch Write(Crop crop, CropAugmentation augmentation)
    {
        TrainingBatch batch = new(1, 24, 15);
        new CropWriter(augmentation, 24).Write(crop, withTargets: true, batch, 0, SplitMix.Of(3));
        return batch;
    }

    private static float[] Line(TrainingBatch batch, int patch, int plane, int x) => batch.Row(0).Slice(((((patch * 3) + plane) * 24) + x) * 24, 24).ToArray();

    private string Prepare(int images)
    {
        CropSource source = CropSource.Of(AnnotationReader.Read(SharedFiles.Of("data/faces5/train.csv")));
        return CropPreparation.Run(new CropPlan
        {
            Net = TrainedNet.Landmarks,
            Folder = Out("crops"),
            Sources = [source with { Annotations = source.Annotations with { Images = [.. source.Annotations.Images.Take(images)] } }],
        }).Folder;
    }

    private string Out(string name) => Path.Combine(_folder.Path, name);
}
