using System.Text.Json;

using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

using OpenCvSharp;

namespace Mtcnn.Tests.Cli;

/// <summary>The files that `mtcnn detect` writes for --draw and --align.</summary>
public sealed class DetectFilesTests : IDisposable
{
    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Drawn_images_when_written_have_the_images_size_and_marks_on_the_faces()
    {
        string photo = _folder.Add("photo.jpg");
        string cat = _folder.Add("cat.png", "chelsea.png");

        JsonElement[] objects = MtcnnCommand.Run("detect", photo, cat, "--draw", _folder.At("new/marked")).Expecting(0).Objects;

        using Mat drawn = Cv2.ImRead(_folder.At("new/marked/photo.jpg"));
        using Mat original = Cv2.ImRead(photo);
        using Mat difference = new();
        Cv2.Absdiff(drawn, original, difference);
        Assert.Equal(original.Size(), drawn.Size());
        Assert.Equal((byte)0xFF, File.ReadAllBytes(_folder.At("new/marked/photo.jpg"))[0]);
        foreach (JsonElement face in objects[0].GetProperty("faces").EnumerateArray())
        {
            JsonElement eye = face.GetProperty("landmarks")[0];
            Vec3b change = difference.At<Vec3b>((int)eye[1].GetDouble(), (int)eye[0].GetDouble());
            Assert.True(change.Item0 + change.Item1 + change.Item2 > 60, "The left eye is not marked.");
        }

        using Mat sameCat = Cv2.ImRead(_folder.At("new/marked/cat.png"));
        using Mat expectedCat = Cv2.ImRead(cat);
        Assert.Equal(0, Cv2.Norm(sameCat, expectedCat, NormTypes.INF));
    }

    [Fact]
    public void Names_when_images_of_several_folders_share_them_are_made_unique()
    {
        string[] images =
        [
            _folder.Add("a/photo.jpg"), _folder.Add("b/photo.jpg", "dlib-faces/2009_004587.jpg"), _folder.Add("c/photo.png", "chelsea.png"),
        ];

        MtcnnCommand.Run(["detect", .. images, "--draw", _folder.At("marked"), "--align", _folder.At("faces")]).Expecting(0);

        Assert.Equal(["photo-2.jpg", "photo-3.png", "photo.jpg"], NamesIn("marked"));
        Assert.Equal(["photo-2_0.png", "photo-2_1.png", "photo_0.png", "photo_1.png"], NamesIn("faces"));
    }

    [Theory]
    [InlineData(112)]
    [InlineData(64)]
    public void Aligned_faces_when_written_are_one_per_face_of_the_size_asked_for(int size)
    {
        string photo = _folder.Add("photo.jpg");
        string[] arguments = ["detect", photo, "--align", _folder.At("faces"), .. size == 112 ? Array.Empty<string>() : ["--align-size", $"{size}"]];

        MtcnnCommand.Run(arguments).Expecting(0);

        Assert.Equal(["photo_0.png", "photo_1.png"], NamesIn("faces"));
        using Mat first = Cv2.ImRead(_folder.At("faces/photo_0.png"));
        using Mat second = Cv2.ImRead(_folder.At("faces/photo_1.png"));
        Assert.Equal(new Size(size, size), first.Size());
        Assert.Equal(new Size(size, size), second.Size());
        Assert.True(Cv2.Norm(first, second) > 1000, "Both files show the same face.");
    }

    [Fact]
    public void Standard_input_when_drawn_is_named_stdin()
    {
        new MtcnnCommand { Input = File.ReadAllBytes(SharedFiles.Image(ImageFolder.TwoFaces)) }
            .RunWith("detect", "-", "--draw", _folder.At("marked"))
            .Expecting(0);

        Assert.Equal(["stdin.png"], NamesIn("marked"));
    }

    [Theory]
    [InlineData("--draw")]
    [InlineData("--align")]
    public void A_folder_when_it_cannot_be_made_is_refused_before_anything_is_done(string option)
    {
        string file = _folder.Write("file", "in the way"u8.ToArray());

        CommandResult result = MtcnnCommand.Run("detect", SharedFiles.Image(ImageFolder.TwoFaces), option, $"{file}/marked").Expecting(2);

        Assert.Empty(result.Output);
        Assert.StartsWith($"mtcnn: The folder of {option}, {file}/marked, cannot be written: ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_when_an_image_would_be_overwritten_is_refused_and_the_image_stays()
    {
        string photo = _folder.Add("photo.jpg");
        byte[] before = File.ReadAllBytes(photo);
        Directory.CreateSymbolicLink(_folder.At("link"), _folder.Path);

        foreach (string drawFolder in (string[])[_folder.Path, $"{_folder.Path}/.", _folder.At("link")])
        {
            CommandResult result = MtcnnCommand.Run("detect", photo, "--draw", drawFolder).Expecting(2);
            Assert.Contains($"would overwrite the image {photo}", result.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(photo));
    }

    private string[] NamesIn(string folder) =>
        [.. Directory.GetFiles(_folder.At(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
