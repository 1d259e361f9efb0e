using System.Runtime.Versioning;
using System.Text.Json;

using Mtcnn.Tests.Cli.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>The images that `mtcnn detect` reads for files, folders and patterns.</summary>
public sealed class DetectPathsTests : IDisposable
{
    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_when_given_gives_its_images_in_ordinal_order()
    {
        _folder.Add("b.jpg");
        _folder.Add("B.JPG");
        _folder.Add("a.png", "chelsea.png");
        _folder.Add(".hidden.jpg");
        _folder.Add("inside/c.jpg");
        _folder.Write("notes.txt", "no image"u8.ToArray());

        Assert.Equal([_folder.At("B.JPG"), _folder.At("a.png"), _folder.At("b.jpg")], ImagesOf("detect", _folder.Path));
    }

    [Fact]
    public void A_folder_when_recursive_gives_those_of_subfolders_and_follows_no_links()
    {
        _folder.Add("b.jpg");
        _folder.Add("inside/deep/c.jpg");
        Directory.CreateSymbolicLink(_folder.At("inside/circle"), _folder.Path);

        Assert.Equal([_folder.At("b.jpg"), _folder.At("inside/deep/c.jpg")], ImagesOf("detect", "--recursive", _folder.Path));
    }

    [Fact]
    public void A_folder_when_it_has_no_images_is_reported_and_nothing_is_done()
    {
        _folder.Add("inside/c.jpg");

        CommandResult result = MtcnnCommand.Run("detect", _folder.Path).Expecting(2);

        Assert.Empty(result.Output);
        Assert.Equal(
            $"mtcnn: There are no images in {_folder.Path}. It has subfolders; use --recursive to include them.\n"
                + "mtcnn: No images were found.\nName an image, a folder or a pattern.\n",
            result.Errors);
    }

    [Fact]
    public void A_pattern_when_quoted_is_expanded_in_order()
    {
        _folder.Add("a1.jpg");
        _folder.Add("a2.png", "chelsea.png");
        _folder.Add("b.jpg");
        _folder.Add("inside/deep/a3.jpg");
        _folder.Write("a.txt", "no image"u8.ToArray());

        Assert.Equal([_folder.At("a1.jpg"), _folder.At("a2.png")], ImagesOf("detect", _folder.At("a*")));
        Assert.Equal(
            [_folder.At("a1.jpg"), _folder.At("b.jpg"), _folder.At("inside/deep/a3.jpg")],
            ImagesOf("detect", _folder.At("**/*.jpg")));
        Assert.Equal([_folder.At("inside/deep/a3.jpg")], ImagesOf("detect", _folder.At("in*/**/*.jpg")));
    }

    [Fact]
    public void A_pattern_when_relative_gives_relative_paths()
    {
        _folder.Add("a1.jpg");
        _folder.Add("inside/a3.jpg");

        MtcnnCommand command = new() { WorkingFolder = _folder.Path };

        Assert.Equal(["a1.jpg", "inside/a3.jpg"], ImagesOf(command.RunWith("detect", "**/*.jpg")));
        Assert.Equal(["./inside/a3.jpg"], ImagesOf(command.RunWith("detect", "./inside/*.jpg")));
    }

    [Fact]
    public void Paths_when_nothing_is_there_have_an_error_each_and_the_others_continue()
    {
        string good = _folder.Add("a.jpg");
        string[] paths = [_folder.At("none.jpg"), _folder.At("*.webp"), _folder.At("no/*.jpg"), _folder.At("x?.jpg"), "", good];

        JsonElement[] objects = MtcnnCommand.Run(["detect", .. paths]).Expecting(1).Objects;

        Assert.Equal(paths, objects.Select(item => item.GetProperty("image").GetString()));
        Assert.Equal("there is no such file or folder.", ErrorOf(objects[0]));
        Assert.Equal("no image matches this pattern.", ErrorOf(objects[1]));
        Assert.Equal($"the pattern's folder {_folder.Path}/no/ does not exist.", ErrorOf(objects[2]));
        Assert.StartsWith("there is no such file or folder. Patterns support only the wildcards * and **", ErrorOf(objects[3]), StringComparison.Ordinal);
        Assert.Equal("the path is empty.", ErrorOf(objects[4]));
        Assert.Equal(2, objects[5].GetProperty("faces").GetArrayLength());
    }

    [Theory]
    [InlineData("ünï 写真 🙂.jpg")]
    [InlineData("quote\" and 'tick' and \\.jpg")]
    [InlineData("line\nbreak\ttab.jpg")]
    [InlineData("@response.jpg")]
    [InlineData("[1]*.jpg")]
    [InlineData("<&>.jpg")]
    public void A_name_when_odd_survives(string name)
    {
        string path = _folder.Add(name);

        Assert.Equal([path], ImagesOf("detect", path));
        Assert.Equal([path], ImagesOf("detect", _folder.Path));
        Assert.Equal([name], ImagesOf(new MtcnnCommand { WorkingFolder = _folder.Path }.RunWith("detect", name)));
    }

    [Fact]
    public void A_name_when_it_is_not_valid_utf_8_has_an_error_that_says_so()
    {
        string photo = _folder.Add("a.jpg");
        MtcnnCommand command = new()
        {
            // .NET can neither create nor delete such a file.
            Program =
            [
                "bash", "-c", $"mv '{photo}' '{_folder.Path}/'$'\\xff.jpg'; \"$0\" \"$@\"; code=$?; rm '{_folder.Path}/'*.jpg; exit $code",
                MtcnnCommand.Executable,
            ],
        };

        JsonElement item = command.RunWith("detect", _folder.Path).Expecting(1).Objects[0];

        Assert.Equal(_folder.At("\uFFFD.jpg"), item.GetProperty("image").GetString());
        Assert.StartsWith("there is no such file or folder. Its name is not valid UTF-8", ErrorOf(item), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_when_it_begins_with_a_dash_is_taken_after_two_dashes()
    {
        _folder.Add("-dash.jpg");
        MtcnnCommand command = new() { WorkingFolder = _folder.Path };

        Assert.Equal(["-dash.jpg"], ImagesOf(command.RunWith("detect", "--", "-dash.jpg")));
        Assert.Equal(["./-dash.jpg"], ImagesOf(command.RunWith("detect", "./-dash.jpg")));
        Assert.Contains("There is no option \"-dash.jpg\".", command.RunWith("detect", "-dash.jpg").Expecting(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_when_it_may_not_be_listed_has_an_error_and_the_others_continue()
    {
        _folder.Add("a.jpg");
        _folder.Add("locked/b.jpg");
        using ClosedFolder locked = new(_folder.At("locked"));
        MtcnnCommand command = new()
        {
            // Root can list every folder, so the command drops that capability.
            Program = Environment.IsPrivilegedProcess
                ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", MtcnnCommand.Executable]
                : [MtcnnCommand.Executable],
        };

        JsonElement[] objects = command.RunWith("detect", "--recursive", _folder.Path).Expecting(1).Objects;

        Assert.Equal([_folder.At("a.jpg"), _folder.At("locked")], objects.Select(item => item.GetProperty("image").GetString()));
        Assert.StartsWith("the folder cannot be listed: Access to the path", ErrorOf(objects[1]), StringComparison.Ordinal);
    }

    private static string[] ImagesOf(params string[] arguments) => ImagesOf(MtcnnCommand.Run(arguments));

    private static string[] ImagesOf(CommandResult result) =>
        [.. result.Expecting(0).Objects.Select(item => item.GetProperty("image").GetString()!)];

    private static string ErrorOf(JsonElement item) => item.GetProperty("error").GetString()!;
}
