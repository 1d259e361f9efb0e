using System.Text.Json;

using Mtcnn.Models;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>The errors of `mtcnn detect` for images and models that cannot be used.</summary>
public sealed class DetectFailuresTests : IDisposable
{
    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_when_some_are_bad_have_their_error_in_place_and_the_others_continue()
    {
        string good = _folder.Add("good.jpg");
        string truncated = SharedFiles.Image("truncated.jpg");
        string empty = _folder.Write("empty.png", []);
        string text = _folder.Write("text.jpg", "no image"u8.ToArray());
        string noise = _folder.Write("noise.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4]);
        string[] paths = [truncated, good, empty, text, noise, good];

        CommandResult result = MtcnnCommand.Run(["detect", .. paths, "-j", "3"]).Expecting(1);

        JsonElement[] objects = result.Objects;
        Assert.Equal(paths, objects.Select(item => item.GetProperty("image").GetString()));
        Assert.Equal([true, false, true, true, true, false], objects.Select(item => item.TryGetProperty("error", out _)));
        Assert.All(objects, item => Assert.Equal(!item.TryGetProperty("error", out _), item.TryGetProperty("faces", out _)));
        Assert.Contains("truncated", ErrorOf(objects[0]), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("there are no bytes in it. Copy or download it again.", ErrorOf(objects[2]));
        Assert.StartsWith("it is text, not an image.", ErrorOf(objects[3]), StringComparison.Ordinal);
        Assert.Contains($"mtcnn: {empty}: {ErrorOf(objects[2])}\n", result.Errors, StringComparison.Ordinal);
        Assert.EndsWith("mtcnn: 4 of 6 images failed.\n", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_when_an_image_is_bad_is_whole()
    {
        string text = _folder.Write("text.jpg", "no image"u8.ToArray());

        JsonElement array = JsonElement.Parse(MtcnnCommand.Run("detect", text, "--format", "json").Expecting(1).Output);

        Assert.Equal(text, array[0].GetProperty("image").GetString());
    }

    [Fact]
    public void Table_when_an_image_is_bad_has_its_error()
    {
        string text = _folder.Write("text.jpg", "no image"u8.ToArray());

        Assert.Contains("it is text, not an image", MtcnnCommand.Run("detect", text, "--format", "table").Expecting(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_when_empty_is_an_error_of_that_image()
    {
        JsonElement item = MtcnnCommand.Run("detect", "-").Expecting(1).Objects[0];

        Assert.Equal("-", item.GetProperty("image").GetString());
        Assert.Contains("there are no bytes in it", ErrorOf(item), StringComparison.Ordinal);
    }

    [Fact]
    public void Models_when_there_are_none_are_named_with_every_folder_and_the_command_that_fetches_them()
    {
        using InstalledCopy copy = new();

        CommandResult result = copy.Command.RunWith("detect", SharedFiles.Image(ImageFolder.TwoFaces)).Expecting(2);

        Assert.Empty(result.Output);
        Assert.StartsWith("mtcnn: The weights of 12net, 24net, 48net were not found. Looked in:\n", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"  {copy.Folder}/data/mtcnn/models (there is no such folder)\n", result.Errors, StringComparison.Ordinal);
        Assert.Contains("mtcnn models fetch", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_when_put_into_the_users_folder_are_found()
    {
        using InstalledCopy copy = new();
        OriginalModels.CopyTo(Path.Combine(copy.Folder, "data/mtcnn/models"), ModelCatalog.Proposal, ModelCatalog.Refinement, ModelCatalog.Output);

        JsonElement item = copy.Command.RunWith("detect", SharedFiles.Image(ImageFolder.TwoFaces)).Expecting(0).Objects[0];

        Assert.Equal(2, item.GetProperty("faces").GetArrayLength());
        CommandResult refined = copy.Command.RunWith("detect", "--refine", SharedFiles.Image(ImageFolder.TwoFaces)).Expecting(2);
        Assert.StartsWith("mtcnn: The weights of landmarks were not found.", refined.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24net", "empty", "the file of weights is empty")]
    [InlineData("24net", "text", "this is a text file")]
    [InlineData("48net", "cut", "truncated or damaged")]
    [InlineData("12net", "swapped", "The file is the original 24net: check which file is which.")]
    public void Models_when_one_is_bad_are_named_with_the_fix(string net, string fault, string message)
    {
        OriginalModels.CopyTo(_folder.At("models"), ModelCatalog.Detection);
        byte[] whole = File.ReadAllBytes(SharedFiles.Weights(net));
        _folder.Write($"models/{net}.caffemodel", fault switch
        {
            "empty" => [],
            "text" => "no weights"u8.ToArray(),
            "cut" => whole[..(whole.Length / 2)],
            _ => File.ReadAllBytes(SharedFiles.Weights("24net")),
        });

        CommandResult result = MtcnnCommand.Run("detect", SharedFiles.Image(ImageFolder.TwoFaces), "--models", _folder.At("models")).Expecting(2);

        Assert.Empty(result.Output);
        Assert.StartsWith($"mtcnn: {_folder.Path}/models/{net}.caffemodel: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_models_folder_when_it_does_not_exist_is_named()
    {
        CommandResult result = MtcnnCommand.Run("detect", SharedFiles.Image(ImageFolder.TwoFaces), "--models", _folder.At("none")).Expecting(2);

        Assert.Contains($"{_folder.Path}/none (there is no such folder)", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gpu_when_caffe_is_built_for_the_cpu_is_refused_in_words()
    {
        CommandResult result = MtcnnCommand.Run("detect", SharedFiles.Image(ImageFolder.TwoFaces), "--device", "gpu:900").Expecting(2);

        Assert.Empty(result.Output);
        Assert.Matches("(?i)gpu|cuda", result.Errors);
    }

    [Fact]
    public void Verbose_when_asked_for_shows_caffes_log_on_standard_error_only()
    {
        CommandResult plain = MtcnnCommand.Run("detect", SharedFiles.Image(ImageFolder.TwoFaces)).Expecting(0);
        CommandResult verbose = MtcnnCommand.Run("detect", SharedFiles.Image(ImageFolder.TwoFaces), "--verbose").Expecting(0);

        Assert.Equal(plain.Output, verbose.Output);
        Assert.Empty(plain.Errors);
        Assert.Contains("info: caffe", verbose.Errors, StringComparison.Ordinal);
    }

    private static string ErrorOf(JsonElement item) => item.GetProperty("error").GetString()!;
}
