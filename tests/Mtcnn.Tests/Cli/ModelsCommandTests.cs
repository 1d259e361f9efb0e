using CaffeSharp.Tests.Support;
using Mtcnn.Models;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn models`.</summary>
public sealed class ModelsCommandTests : IDisposable
{
    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void List_when_the_originals_are_there_shows_where_with_their_hashes()
    {
        SharedFolder.RequireOriginals();
        CommandResult result = MtcnnCommand.Run("models").Expecting(0);

        foreach (OriginalModel model in ModelCatalog.Detection)
        {
            string line = Assert.Single(result.Lines, line => line.StartsWith($"│ {model.Name} ", StringComparison.Ordinal));
            Assert.Contains("│ original ", line, StringComparison.Ordinal);
            Assert.Contains(SharedFiles.Root, line, StringComparison.Ordinal);
            Assert.Contains(model.Sha256, line, StringComparison.Ordinal);
        }

        Assert.Equal(result.Output, MtcnnCommand.Run("models", "list").Expecting(0).Output);
    }

    [Fact]
    public void Verification_when_all_are_originals_succeeds()
    {
        SharedFolder.RequireOriginals();
        CommandResult result = MtcnnCommand.Run("models", "verify").Expecting(0);

        Assert.Contains($"{SharedFiles.Weights("12net")}: the original weights of 12net.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verification_when_one_differs_fails_and_names_it()
    {
        SharedFolder.RequireOriginals();
        OriginalModels.CopyTo(_folder.Path, ModelCatalog.Detection);
        byte[] changed = File.ReadAllBytes(SharedFiles.Weights("24net"));
        changed[^1] ^= 1;
        string path = _folder.Write("24net.caffemodel", changed);

        CommandResult result = MtcnnCommand.Run("models", "verify", "--models", _folder.Path).Expecting(1);

        Assert.Contains($"{path}: not the original weights of 24net", result.Output, StringComparison.Ordinal);
        Assert.Contains("12net.caffemodel: the original weights of 12net.", result.Output, StringComparison.Ordinal);
        Assert.Contains("│ not the original ", MtcnnCommand.Run("models", "list", "--models", _folder.Path).Expecting(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verification_when_one_is_missing_fails_and_says_how_to_get_it()
    {
        CommandResult result = MtcnnCommand.Run("models", "--models", _folder.Path, "verify").Expecting(1);

        Assert.Contains("12net.caffemodel: not found. Run: mtcnn models fetch", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetching_when_the_originals_are_there_leaves_them()
    {
        SharedFolder.RequireOriginals();
        OriginalModels.CopyTo(_folder.Path, ModelCatalog.Detection);

        CommandResult result = MtcnnCommand.Run("models", "fetch", "--to", _folder.Path).Expecting(0);

        Assert.Equal(4, result.Lines.Length);
        Assert.All(result.Lines, line => Assert.EndsWith("(already present, and is the original)", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Fetching_when_another_file_is_in_the_way_leaves_it()
    {
        string path = _folder.Write("12net.caffemodel", "the user's weights"u8.ToArray());

        CommandResult result = MtcnnCommand.Run("models", "fetch", "12net", "--to", _folder.Path).Expecting(2);

        Assert.StartsWith($"mtcnn: {path}: not the original weights of 12net", result.Errors, StringComparison.Ordinal);
        Assert.Equal("the user's weights", File.ReadAllText(path));
    }

    [Fact]
    public void Fetching_when_there_is_no_network_says_what_to_do_by_hand_and_leaves_nothing()
    {
        // No server listens on the discard port of this machine.
        CommandResult result = new MtcnnCommand()
            .With("HTTPS_PROXY", "http://127.0.0.1:9")
            .With("https_proxy", "http://127.0.0.1:9")
            .RunWith("models", "fetch", "12net", "--to", _folder.Path)
            .Expecting(2);

        Assert.StartsWith("mtcnn: The weights of 12net could not be downloaded:\n  https://", result.Errors, StringComparison.Ordinal);
        Assert.Contains(_folder.At("12net.caffemodel"), result.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }
}
