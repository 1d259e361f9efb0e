using Mtcnn.Cascade.Stages;

namespace Mtcnn.Tests.Detection;

public sealed class BatchSizeTests
{
    [Theory]
    [InlineData(8, 32, 1)]
    [InlineData(8, 32, 16)]
    [InlineData(4, 16, 1)]
    [InlineData(4, 32, 16)]
    public void Batches_hold_every_crop_once_and_none_is_empty_or_too_large(int smallest, int largest, int lanes)
    {
        BatchSize size = new(smallest, largest, lanes);
        Assert.Equal(0, size.BatchesOf(0));
        for (int crops = 1; crops <= 700; crops++)
        {
            int batches = size.BatchesOf(crops);
            int next = 0;
            for (int batch = 0; batch < batches; batch++)
            {
                (int first, int count) = size.PartOf(crops, batches, batch);
                Assert.Equal(next, first);
                Assert.InRange(count, 1, largest);
                next += count;
            }

            Assert.Equal(crops, next);
        }
    }

    [Theory]
    [InlineData(300, 10)]
    [InlineData(64, 4)]
    [InlineData(33, 4)]
    [InlineData(20, 4)]
    [InlineData(7, 1)]
    public void Batches_but_the_last_fill_lanes_where_there_are_enough_crops(int crops, int batches)
    {
        BatchSize size = new(Smallest: 4, Largest: 32, Lanes: 16);
        Assert.Equal(batches, size.BatchesOf(crops));
        int unit = crops / batches >= 16 ? 16 : crops / batches >= 8 ? 8 : 4;
        for (int batch = 0; batch < batches - 1; batch++)
        {
            Assert.Equal(0, size.PartOf(crops, batches, batch).Count % unit);
        }
    }
}
