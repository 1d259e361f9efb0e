using CaffeSharp.Tests.Support;
using Mtcnn.Models;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Training.Cards;

namespace Mtcnn.Tests.Cards;

/// <summary>The model card of trained weights.</summary>
public sealed class ModelCardTests : IDisposable
{
    private const string Card = """
        {
          // What the page says.
          "title": "Weights",
          "description": ["For a test."],
          "data": [{ "name": "photos", "use": "training", "licence": "none stated" }],
          "nets": [{ "name": "12net", "iterations": 16000, "batchSize": 128, "seed": 1, "notes": "Adam" }],
          "commands": ["mtcnn train"],
          "figures": [{ "set": "portraits", "weights": "these", "recall": 0.9996, "landmarkError": 0.04125, "failureShare": 0.0204 }],
          "limits": ["Few photos."],
          "curves": [],
        }
        """;

    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_card_is_written_with_its_figures_and_the_sums_of_the_weights()
    {
        SharedFolder.RequireOriginals();
        OriginalModels.CopyTo(_folder.Path, ModelCatalog.Proposal, ModelCatalog.Refinement, ModelCatalog.Output);
        File.WriteAllText(_folder.At("card.json"), Card);

        CommandResult result = MtcnnCommand.Run("models", "card", _folder.Path).Expecting(0);

        Assert.Equal(_folder.At("README.md") + "\n", result.Output);
        string page = File.ReadAllText(_folder.At("README.md"));
        Assert.Contains("| set | weights | found | other boxes per image |", page, StringComparison.Ordinal);
        Assert.Contains("| portraits | these | 1.000 |  | 0.0413 | 2.0 % |\n", page, StringComparison.Ordinal);
        Assert.Contains("| 12net | 16,000 | 128 | 1 | Adam |\n", page, StringComparison.Ordinal);
        Assert.Contains($"| `48net.caffemodel` | 1,558,412 | `{ModelCatalog.Output.Sha256}` |\n", page, StringComparison.Ordinal);
        Assert.Equal($"{ModelCatalog.Proposal.Sha256}  12net.caffemodel", File.ReadLines(_folder.At("SHA256SUMS")).First());
    }

    [Fact]
    public void A_page_is_overwritten_only_if_the_command_wrote_it_or_with_force()
    {
        SharedFolder.RequireOriginals();
        OriginalModels.CopyTo(_folder.Path, ModelCatalog.Proposal, ModelCatalog.Refinement, ModelCatalog.Output);
        File.WriteAllText(_folder.At("card.json"), Card);
        string page = _folder.At("README.md");
        File.WriteAllText(page, "# By hand\n");

        CommandResult refused = MtcnnCommand.Run("models", "card", _folder.Path).Expecting(2);

        Assert.Contains($"{page}: the file was not written by `mtcnn models card`, or was edited since.", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("# By hand\n", File.ReadAllText(page));
        Assert.False(File.Exists(_folder.At("SHA256SUMS")));

        _ = MtcnnCommand.Run("models", "card", _folder.Path, "--force").Expecting(0);
        string written = File.ReadAllText(page);
        Assert.StartsWith("# Weights\n", written, StringComparison.Ordinal);
        _ = MtcnnCommand.Run("models", "card", _folder.Path).Expecting(0);
        Assert.Equal(written, File.ReadAllText(page));

        File.WriteAllText(page, written.Replace("For a test.", "For another test.", StringComparison.Ordinal));
        _ = MtcnnCommand.Run("models", "card", _folder.Path).Expecting(2);
        Assert.Contains("For another test.", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_without_weights_names_the_missing_file()
    {
        File.WriteAllText(_folder.At("card.json"), Card);

        ModelException error = Assert.Throws<ModelException>(() => ModelCardFolder.WritePage(_folder.Path));

        Assert.StartsWith($"{_folder.At("12net.caffemodel")}: the file is missing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "this is not a card")]
    [InlineData("null", "holds null")]
    [InlineData("{ \"title\": \"Weights\" }", "description")]
    [InlineData("{ \"tittle\": \"Weights\" }", "tittle")]
    public void A_bad_card_is_named_with_its_fault(string text, string fault)
    {
        File.WriteAllText(_folder.At("card.json"), text);

        ModelException error = Assert.Throws<ModelException>(() => ModelCardFolder.WritePage(_folder.Path));

        Assert.StartsWith(_folder.At("card.json"), error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_card_is_refused_with_what_is_missing() =>
        Assert.Contains(
            "card.json: there is no such file",
            MtcnnCommand.Run("models", "card", _folder.Path).Expecting(2).Errors,
            StringComparison.Ordinal);
}
