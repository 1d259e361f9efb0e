using System.Globalization;
using System.Numerics.Tensors;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Images;

/// <summary>Nets of layers that read images, run here and in pycaffe.</summary>
internal static class ImageNets
{
    internal const uint Seed = 1701;

    internal static string ImageData(string name, string list, string parameters, string transform = "") => $$"""
        layer {
          name: "{{name}}" type: "ImageData" top: "{{name}}" top: "{{name}} label"
          image_data_param { source: "{{list}}" {{parameters}} } transform_param { {{transform}} }
        }

        """;

    internal static string WindowData(string name, string list, string parameters, string transform = "") => $$"""
        layer {
          name: "{{name}}" type: "WindowData" top: "{{name}}" top: "{{name}} label"
          window_data_param { source: "{{list}}" {{parameters}} } transform_param { {{transform}} }
        }

        """;

    /// <summary>A photo of the originals.</summary>
    internal static string Photo(params string[] parts) => Originals.Path(["images", .. parts]);

    /// <summary>A mean of three channels, different at every place.</summary>
    internal static string Mean(TemporaryFolder folder, string name, int channels, int height, int width)
    {
        BlobProto mean = new() { Shape = new() { Dim = { 1, channels, height, width } } };
        mean.Data.AddRange(Enumerable.Range(0, channels * height * width).Select(index => 100 + (50 * MathF.Sin(index))));
        BinaryProto.WriteFile(folder.File(name), mean);
        return folder.File(name);
    }

    /// <summary>Every blob after each of several forward passes, by name and pass.</summary>
    internal static Dictionary<string, float[]> Batches(string prototxt, Phase phase, int count)
    {
        Dictionary<string, float[]> batches = [];
        using Net net = Net.FromFile(prototxt, options: new() { Phase = phase, Seed = Seed });
        for (int batch = 0; batch < count; batch++)
        {
            net.Forward();
            foreach (Blob blob in net.Blobs)
            {
                batches.Add($"{blob.Name}/{batch.ToString(CultureInfo.InvariantCulture)}", blob.Data.Span.ToArray());
            }
        }

        return batches;
    }

    /// <summary>The same in pycaffe.</summary>
    internal static IReadOnlyDictionary<string, Tensor<float>> Expected(string prototxt, Phase phase, int count) => Pycaffe.DataRuns(
        "--prototxt", prototxt, "--runs", count.ToString(CultureInfo.InvariantCulture),
        "--phase", phase == Phase.Train ? "train" : "test", "--seed", Seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>Holds every number against pycaffe's, bit for bit.</summary>
    internal static void AssertSame(IReadOnlyDictionary<string, Tensor<float>> expected, Dictionary<string, float[]> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, pair =>
        {
            double difference = Close.Difference(pair.Value.Values(), actual[pair.Key]);
            Assert.True(difference == 0, $"{pair.Key} differs by {difference.ToString(CultureInfo.InvariantCulture)}");
        });
    }
}
