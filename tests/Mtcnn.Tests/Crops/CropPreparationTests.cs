using CaffeSharp;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;
using Mtcnn.Cascade.Boxes;
using Mtcnn.Faces;
using Mtcnn.Tests.Support;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;
using Mtcnn.Training.Preparation;

namespace Mtcnn.Tests.Crops;

[Collection(AloneCollection.Name)]
public sealed class CropPreparationTests : IDisposable
{
    private static readonly CropOptions FewCrops = new()
    {
        NegativesOfImage = 4,
        SmallestNegative = 12,
        SmallestFace = 14,
        TriesOfFace = 8,
        NegativesOfFace = 1,
        LandmarksOfFace = 2,
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Crops_are_the_same_with_any_number_of_threads_and_after_a_stop()
    {
        CropPlan plan = PlanOf("one", FewCrops, Crowds(100)) with { Threads = 1 };
        CropFolder one = CropPreparation.Run(plan);
        using CancellationTokenSource stop = new();
        CropPlan stopped = plan with { Folder = InFolder("stopped"), Threads = 3 };
        SyncProgress<PreparationProgress> stopAfter70 = new(progress =>
        {
            if (progress.Images >= 70)
            {
                stop.Cancel();
            }
        });
        _ = Assert.ThrowsAny<OperationCanceledException>(() => CropPreparation.Run(stopped, stopAfter70, stop.Token));

        Assert.Contains("64 of 100 images are done", Assert.Throws<CropException>(() => CropFolder.Read(stopped.Folder)).Message, StringComparison.Ordinal);
        CropFolder three = CropPreparation.Run(stopped);

        Assert.Equal(one.Counts.OrderBy(count => count.Key), three.Counts.OrderBy(count => count.Key));
        Assert.Equal(Records(one.ClassificationPath!), Records(three.ClassificationPath!));
        Assert.Equal(Records(one.OffsetsPath!), Records(three.OffsetsPath!));
        Assert.Null(three.PointsPath);
        Assert.Equal(one.Counts[CropKind.Positive] + one.Counts[CropKind.Negative], Records(one.ClassificationPath!).Length);
        Assert.Equal(one.Counts[CropKind.Positive] + one.Counts[CropKind.Part], Records(one.OffsetsPath!).Length);
        Assert.NotEqual(
            Records(one.ClassificationPath!), Records(CropPreparation.Run(plan with { Folder = InFolder("other"), Seed = 2 }).ClassificationPath!));
    }

    [Fact]
    public void Crops_that_were_begun_in_one_culture_are_those_of_another()
    {
        AnnotationSet crowds = AnnotationReader.Read(SharedFiles.Of("data/crowds.csv"));
        AnnotatedImage first = crowds.Images[0];
        first = first with { Faces = [.. first.Faces.Select(face => face with { Box = face.Box!.Value.MovedBy(0.25, -0.5) })] };
        CropPlan plan = PlanOf("culture", FewCrops, CropSource.Of(crowds with { Images = [first] }));
        CropFolder made;
        using (new CommaCulture())
        {
            made = CropPreparation.Run(plan);
        }

        Assert.Equal(made.Counts, CropPreparation.Run(plan).Counts);
    }

    [Fact]
    public void Run_of_another_plan_in_the_folder_is_refused_by_what_differs_and_the_same_plan_gives_the_existing_crops()
    {
        CropPlan plan = PlanOf("crops", FewCrops, Crowds(3));
        CropFolder made = CropPreparation.Run(plan);

        CropException error = Assert.Throws<CropException>(
            () => CropPreparation.Run(plan with { Seed = 5, Options = FewCrops with { PartOverlap = 0.5 } }));

        Assert.Contains("seed was 1 and is 5", error.Message, StringComparison.Ordinal);
        Assert.Contains("options.partOverlap was 0.4 and is 0.5", error.Message, StringComparison.Ordinal);
        Assert.Equal(made.Counts, CropPreparation.Run(plan).Counts);
    }

    [Fact]
    public void Folder_with_something_else_in_it_is_refused_and_kept()
    {
        string file = InFolder("notes.txt");
        File.WriteAllText(file, "mine");

        CropException error = Assert.Throws<CropException>(() => CropPreparation.Run(PlanOf(".", FewCrops, Crowds(1))));

        Assert.Contains("this folder contains other files", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void Bad_images_and_faces_are_reported_with_their_place_and_the_rest_is_cut()
    {
        string broken = InFolder("broken.jpg");
        File.WriteAllText(broken, "no image");
        AnnotatedImage good = Crowds(1).Annotations.Images[0];
        AnnotatedFace outside = new(new Box(90_000, 5, 90_050, 60), [], null) { Place = "list.csv(4)" };
        Landmarks points = new(new(-3, 30), new(20, 30), new(10, 40), new(2, 50), new(18, 50));
        AnnotatedFace beyond = new(new Box(0, 5, 50, 60), points.ToArray(), points) { Place = "list.csv(5)" };
        AnnotationSet set = new("list.csv", MatchRule.BoxOverlap,
        [
            new AnnotatedImage(InFolder("missing.jpg"), good.Faces) { Place = "list.csv(2)" },
            new AnnotatedImage(broken, good.Faces) { Place = "list.csv(3)" },
            good with { Faces = [.. good.Faces, outside, beyond] },
        ]);

        CropFolder made = CropPreparation.Run(PlanOf("crops", FewCrops, CropSource.Of(set)) with { WithLandmarks = true });

        Assert.Equal((4, 2), (made.Problems.Count, made.UnreadImages));
        Assert.StartsWith($"list.csv(2): {InFolder("missing.jpg")}: there is no such file", made.Problems[0], StringComparison.Ordinal);
        Assert.StartsWith($"list.csv(3): {broken}", made.Problems[1], StringComparison.Ordinal);
        Assert.StartsWith("list.csv(4): the face at 90000, 5 is outside", made.Problems[2], StringComparison.Ordinal);
        Assert.StartsWith("list.csv(5): a point is outside", made.Problems[3], StringComparison.Ordinal);
        Assert.Null(made.PointsPath);
        Assert.Equal(CropPreparation.Run(PlanOf("good", FewCrops, CropSource.Of(set with { Images = [good] }))).Counts.Keys.Order(), made.Counts.Keys.Order());
    }

    [Fact]
    public void Hard_examples_of_24net_and_48net_are_the_boxes_of_the_nets_before()
    {
        CropSource source = CropSource.Of(AnnotationReader.Read(SharedFiles.Of("images/dlib-faces")));
        CropOptions hardAlone = FewCrops with { RandomCropsToo = false, HardNegativesOfImage = 5 };
        CropPlan plan = PlanOf("24", hardAlone, source) with { Net = TrainedNet.Refinement, Weights = [SharedFiles.Weights("12net")] };
        CropFolder of24 = CropPreparation.Run(plan);
        CropFolder of48 = CropPreparation.Run(
            plan with { Net = TrainedNet.Output, Folder = InFolder("48"), Weights = [SharedFiles.Weights("12net"), SharedFiles.Weights("24net")] });

        Assert.InRange(of24.Counts[CropKind.Negative], 30, 9 * 5);
        Assert.InRange(of24.Counts[CropKind.Positive], 43, 43 * 10);
        Assert.InRange(of48.Counts[CropKind.Positive], 43, 43 * 10);
        Assert.Equal(43 * 2, of48.Counts[CropKind.Landmark]);
        using CropStore store = CropStore.Open(of48.OffsetsPath!);
        Assert.Equal(48, store.Side);
        Assert.All(store.ReadCrops(), crop => AssertOverlap(crop));
    }

    [Fact]
    public void Memory_does_not_grow_with_the_number_of_crops()
    {
        // The same photo many times gives 40,000 crops. A store in memory would be 17 MB.
        AnnotatedImage image = Crowds(1).Annotations.Images[0];
        AnnotationSet few = new("few", MatchRule.BoxOverlap, [.. Enumerable.Repeat(image, 20)]);
        AnnotationSet many = new("many", MatchRule.BoxOverlap, [.. Enumerable.Repeat(image, 400)]);
        CropOptions options = FewCrops with { NegativesOfImage = 100 };
        _ = CropPreparation.Run(PlanOf("few", options, CropSource.Of(few)));
        long before = GC.GetTotalMemory(forceFullCollection: true);

        CropFolder made = CropPreparation.Run(PlanOf("many", options, CropSource.Of(many)));

        Assert.InRange(made.Counts.Values.Sum(), 35_000, 80_000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4 << 20);
    }

    public void Dispose() => _folder.Dispose();

    private string InFolder(string name) => Path.Combine(_folder.Path, name);

    private CropPlan PlanOf(string folder, CropOptions options, CropSource source) =>
        new() { Net = TrainedNet.Proposal, Folder = InFolder(folder), Options = options, Sources = [source] };

    private static CropSource Crowds(int images)
    {
        AnnotationSet set = AnnotationReader.Read(SharedFiles.Of("data/crowds.csv"));
        return CropSource.Of(set with { Images = [.. set.Images.Take(images)] });
    }

    private static (string Key, Datum Datum)[] Records(string? path)
    {
        using DatumStore store = DatumStore.Open(path!);
        return [.. store.ReadRecords().Select(record => (record.Key, record.Value))];
    }

    private static void AssertOverlap(Crop crop)
    {
        BoxOffsets offsets = crop.Targets.Offsets!.Value;
        double overlap = new Box(0, 0, 1, 1).OverlapWith(new Box(offsets.Left, offsets.Top, 1 + offsets.Right, 1 + offsets.Bottom));
        Assert.InRange(overlap, crop.Kind == CropKind.Positive ? 0.65 - 1e-6 : 0.4 - 1e-6, crop.Kind == CropKind.Positive ? 1 : 0.65);
    }
}
