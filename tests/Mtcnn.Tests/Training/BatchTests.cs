using Mtcnn.Cascade.Boxes;
using Mtcnn.Training.Batches;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;

namespace Mtcnn.Tests.Training;

/// <summary>Creating rows of batches from stored crops.</summary>
public sealed class BatchTests(SmallCropsFixture crops) : IClassFixture<SmallCropsFixture>
{
    [Fact]
    public void A_mirrored_crop_has_its_pixels_box_and_points_on_the_other_side()
    {
        const int Side = 12;
        byte[] pixels = [.. Enumerable.Range(0, 3 * Side * Side).Select(at => (byte)(at % 251))];
        Crop crop = new(
            CropKind.Landmark, Side, pixels,
            new CropTargets(new BoxOffsets(0.1f, 0.2f, -0.3f, -0.4f), [0.3f, 0.7f, 0.5f, 0.35f, 0.65f, 0.31f, 0.32f, 0.5f, 0.71f, 0.72f]));
        TrainingBatch plain = new(1, Side), mirrored = new(1, Side);

        new CropWriter(CropAugmentation.None, Side).Write(crop, withTargets: true, plain, 0, default);
        new CropWriter(new CropAugmentation { Mirror = 1 }, Side).Write(crop, withTargets: true, mirrored, 0, default);

        Assert.Equal((pixels[100] - 127.5f) / 128, plain.Data[100]);
        for (int channel = 0; channel < 3; channel++)
        {
            for (int x = 0; x < Side; x++)
            {
                int line = ((channel * Side) + x) * Side, other = ((channel * Side) + Side - 1 - x) * Side;
                Assert.Equal(plain.Data.Slice(line, Side), mirrored.Data.Slice(other, Side));
            }
        }

        Assert.Equal([0.1f, 0.2f, -0.3f, -0.4f], plain.Offsets);
        Assert.Equal([0.3f, 0.2f, -0.1f, -0.4f], mirrored.Offsets);
        float[] points = [1 - 0.7f, 1 - 0.3f, 1 - 0.5f, 1 - 0.65f, 1 - 0.35f, 0.32f, 0.31f, 0.5f, 0.72f, 0.71f];
        Assert.Equal(points, mirrored.Points.ToArray());
    }

    [Fact]
    public void Changed_pixels_stay_in_their_range_and_grey_is_grey()
    {
        const int Side = 12;
        Random random = new(3);
        byte[] pixels = new byte[3 * Side * Side];
        random.NextBytes(pixels);
        Crop crop = new(CropKind.Negative, Side, pixels, CropTargets.None);
        CropWriter writer = new(new CropAugmentation { Brightness = 0.5, Contrast = 0.9, Colour = 0.5, Blur = 0.5 }, Side);
        TrainingBatch batch = new(64, Side);
        for (int row = 0; row < 64; row++)
        {
            writer.Write(crop, withTargets: true, batch, row, SplitMix.Of(7, (ulong)row));
        }

        Assert.True(batch.Data.ToArray().All(value => Math.Abs(value) <= 127.5f / 128));
        Assert.True(batch.Data.ToArray().Distinct().Count() > 5000);
        new CropWriter(new CropAugmentation { Grey = 1 }, Side).Write(crop, withTargets: true, batch, 0, default);
        ReadOnlySpan<float> row0 = batch.Row(0);
        Assert.Equal(row0[..(Side * Side)], row0[^(Side * Side)..]);
    }

    [Fact]
    public void A_round_gives_every_crop_once_and_a_skipped_stream_continues_like_one_that_was_read()
    {
        using PreparedStores stores = new([crops.Folder(12), crops.Folder(12)], TrainedNet.Proposal);
        PreparedCrops all = stores.ToTrain(heldOut: 0.25);
        int length = 2 * (int)(all.Points[0].Count);
        using CropStream stream = new(all.Points, [CropKind.Landmark], seed: 9);

        float[][] taken = [.. Enumerable.Range(0, 5 * length).Select(_ => stream.Next().Targets.Points!.ToArray())];

        Assert.Equal(180, all.Points[0].Count);
        for (int round = 0; round < 5; round++)
        {
            Assert.Equal(Sorted(taken[..length]), Sorted(taken[(round * length)..((round + 1) * length)]));
        }

        Assert.NotEqual(taken[0], taken[length]);
        foreach (int skipped in new[] { 0, 1, length - 1, length, (3 * length) + 7 })
        {
            using CropStream late = new(all.Points, [CropKind.Landmark], seed: 9);
            late.SkipFromStart(skipped);
            Assert.Equal(taken[skipped], late.Next().Targets.Points!);
        }
    }

    [Fact]
    public void Batches_have_the_shares_and_the_targets_of_their_tasks()
    {
        using PreparedStores stores = new([crops.Folder(48)], TrainedNet.Output);
        NetTrainingOptions options = new() { Net = TrainedNet.Output, Crops = [crops.Folder(48)], Iterations = 1, Shares = new() { Landmarks = 3 } };
        TrainingBatch batch = new(64, 48);
        using (PreparedBatches mixed = new(stores.ToTrain(0), options))
        {
            mixed.Fill(batch, 0);
            Assert.Equal((24, 8, 24), (Count(batch.Labels, 1, 0), Count(batch.Labels, 1, 1), 64 - Count(batch.Points, 10, -1)));
            Assert.Equal(16, 64 - Count(batch.Offsets, 4, -1));
        }

        using PreparedBatches single = new(stores.ToTrain(0), options with { Composition = BatchComposition.SingleTask });
        List<string> tasks = [];
        for (int iteration = 0; iteration < 30; iteration++)
        {
            single.Fill(batch, iteration);
            tasks.Add($"{64 - Count(batch.Labels, 1, -1)} {64 - Count(batch.Offsets, 4, -1)} {64 - Count(batch.Points, 10, -1)}");
            Assert.Equal(batch.Labels[0] == -1 ? 0 : 16, Count(batch.Labels, 1, 1));
        }

        Assert.Equal(["0 0 64", "0 64 0", "64 0 0"], tasks.Distinct().Order());
    }

    private static List<string> Sorted(float[][] points) => [.. points.Select(values => string.Join(' ', values)).Order()];

    private static int Count(ReadOnlySpan<float> values, int width, float wanted)
    {
        int count = 0;
        for (int at = 0; at < values.Length; at += width)
        {
            count += values[at] == wanted ? 1 : 0;
        }

        return count;
    }
}
