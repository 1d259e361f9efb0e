using CaffeSharp;
using CaffeSharp.Tests.Support;
using Mtcnn.Cascade.Nets;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Prototxt;

/// <summary>Compares this project's definitions with the original ones, blob by blob, with the same weights and inputs.</summary>
public sealed class NetworkDefinitionTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("12net", "models/reference/12net/12net.prototxt", "models/reference/12net/12net.caffemodel", 1, 3, 12, 12)]
    [InlineData("12net", "models/reference/12net/12net.prototxt", "models/reference/12net/12net.caffemodel", 1, 3, 61, 40)]
    [InlineData("12net", "models/official/det1.prototxt", "models/reference/12net/12net.caffemodel", 1, 3, 35, 50)]
    [InlineData("24net", "models/reference/24net/24net.prototxt", "models/reference/24net/24net.caffemodel", 7, 3, 24, 24)]
    [InlineData("24net", "models/official/det2.prototxt", "models/reference/24net/24net.caffemodel", 1, 3, 24, 24)]
    [InlineData("48net", "models/reference/48net/48net.prototxt", "models/reference/48net/48net.caffemodel", 5, 3, 48, 48)]
    [InlineData("48net", "models/official/det3.prototxt", "models/reference/48net/48net.caffemodel", 1, 3, 48, 48)]
    [InlineData("landmarks", "models/official/det4.prototxt", "models/official/det4.caffemodel", 3, 15, 24, 24)]
    public void A_definition_with_the_original_weights_gives_the_blobs_of_the_original_definition(
        string name, string original, string weights, params int[] shape)
    {
        NetworkDefinition definition = NetworkDefinition.All.Single(one => one.Name == name);
        using Net ours = Net.FromText(definition.Prototxt, name: definition.FileName);
        using Net theirs = Net.FromFile(SharedFiles.Of(original));
        Assert.Empty(ours.CopyFrom(SharedFiles.Of(weights)).MissingLayers);
        Assert.Empty(theirs.CopyFrom(SharedFiles.Of(weights)).MissingLayers);

        Run(ours, shape);
        Run(theirs, shape);

        Assert.Equal(theirs.Blobs.Names, ours.Blobs.Names);
        Assert.Equal(theirs.Outputs.Names, ours.Outputs.Names);
        Assert.Equal(theirs.Parameters.Keys, ours.Parameters.Keys);
        foreach (Blob blob in theirs.Blobs)
        {
            ReadOnlySpan<float> expected = blob.Data.Span;
            ReadOnlySpan<float> actual = ours.Blobs[blob.Name].Data.Span;
            Assert.Equal(blob.Shape, ours.Blobs[blob.Name].Shape);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], Tolerance);
            }
        }
    }

    [Fact]
    public void Definitions_are_those_of_the_folder_prototxt()
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.Folder("prototxt"), "*.prototxt")
                .Where(path => !Path.GetFileName(path).StartsWith("train", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

        Assert.Equal(files.Select(Path.GetFileName), NetworkDefinition.All.Select(definition => definition.FileName));
        Assert.Equal(files.Select(File.ReadAllText), NetworkDefinition.All.Select(definition => definition.Prototxt));
    }

    private static void Run(Net net, int[] shape)
    {
        Random random = new(11);
        Blob data = net.Blobs["data"];
        data.Reshape(shape);
        net.Reshape();
        foreach (ref float value in data.MutableData.Span)
        {
            value = ((float)random.NextDouble() * 2) - 1;
        }

        _ = net.Forward();
    }
}
