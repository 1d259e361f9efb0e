using CaffeSharp;
using CaffeSharp.Tests.Support;
using Mtcnn.Cascade.Nets;
using Mtcnn.Models;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Detection;

/// <summary>Invalid files of weights and their messages.</summary>
public sealed class CascadeNetsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Load_when_a_file_is_missing_names_it()
    {
        string path = Path.Combine(_folder.Path, "12net.caffemodel");

        AssertRefused(Detectors.Models with { Proposal = path }, ModelErrorKind.Missing, path, "there is no such file of 12net's weights");
    }

    [Fact]
    public void Load_when_a_file_is_a_folder_says_so() =>
        AssertRefused(Detectors.Models with { Output = _folder.Path }, ModelErrorKind.Unreadable, _folder.Path, "it is a folder");

    [Fact]
    public void Load_when_a_file_is_empty_says_so() =>
        AssertCorrupt([], "is empty");

    [Fact]
    public void Load_when_a_file_is_truncated_says_that_it_is_incomplete() =>
        AssertCorrupt(File.ReadAllBytes(Detectors.Models.Refinement)[..200_000], "It should hold the weights of 24net");

    [Fact]
    public void Load_when_a_file_is_text_says_that_it_is_not_a_caffemodel() =>
        AssertCorrupt(System.Text.Encoding.UTF8.GetBytes(NetworkDefinition.Refinement.Prototxt), "It should hold the weights of 24net");

    [Fact]
    public void Load_when_files_are_swapped_says_whose_weights_they_are()
    {
        SharedFolder.RequireOriginals();
        AssertRefused(
        Detectors.Models with { Refinement = Detectors.Models.Output },
        ModelErrorKind.WrongNet,
        Detectors.Models.Output,
        "It should hold the weights of 24net",
        "The file is the original 48net: check");
    }

    [Fact]
    public void Load_when_the_weights_lack_layers_names_them() => AssertRefused(
        Detectors.Models with { Output = SharedFiles.Of("models/reference/48net/48net-only-cls.caffemodel") },
        ModelErrorKind.WrongNet,
        SharedFiles.Of("models/reference/48net/48net-only-cls.caffemodel"),
        "conv6-2",
        "The file is the original 48net-only-cls: check");

    [Fact]
    public void Share_gives_nets_with_the_same_weights_that_outlive_the_first()
    {
        CascadeNets first = Detectors.LoadNets();
        float[] expected = first.Output.Parameters["conv6-3"][0].ToArray();
        using CascadeNets second = first.Share();

        first.Dispose();

        Assert.Equal(expected, second.Output.Parameters["conv6-3"][0].ToArray());
        Assert.NotNull(second.Landmarks);
    }

    public void Dispose() => _folder.Dispose();

    private void AssertCorrupt(byte[] bytes, string message)
    {
        string path = Path.Combine(_folder.Path, "24net.caffemodel");
        File.WriteAllBytes(path, bytes);
        AssertRefused(Detectors.Models with { Refinement = path }, ModelErrorKind.Corrupt, path, message);
    }

    private static void AssertRefused(ModelFiles models, ModelErrorKind kind, string path, params string[] messages)
    {
        ModelException exception = Assert.Throws<ModelException>(() => CascadeNets.Load(models, Device.Cpu));
        Assert.Equal(kind, exception.Kind);
        Assert.Equal(path, exception.Path);
        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        Assert.All(messages, message => Assert.Contains(message, exception.Message, StringComparison.Ordinal));
    }
}
