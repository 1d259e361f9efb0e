using System.Globalization;
using CaffeSharp.Messages;
using CaffeSharp.Samples;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Samples;

/// <summary>The sample that trains a classifier through LMDB.</summary>
public sealed class LenetSampleTests : LeakGate
{
    [Fact]
    public void Lenet_reads_more_than_97_of_100_digits_that_it_never_saw()
    {
        using TemporaryFolder folder = new();
        using StringWriter output = new(CultureInfo.InvariantCulture);
        float accuracy = LenetSample.Train(folder.Path, output);
        Assert.True(accuracy > 0.97f, output.ToString());

        // The two stores share no image, so nothing was learnt by heart.
        HashSet<string> learnt = [.. Images(folder.File("train_lmdb"))];
        Assert.Equal(6000, learnt.Count);
        Assert.DoesNotContain(Images(folder.File("test_lmdb")), learnt.Contains);
    }

    private static IEnumerable<string> Images(string path)
    {
        using DatumStore store = DatumStore.Open(path);
        foreach ((_, Datum datum) in store.ReadRecords())
        {
            yield return datum.Data.ToBase64();
        }
    }
}
