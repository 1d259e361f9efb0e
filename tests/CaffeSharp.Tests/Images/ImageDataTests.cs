using CaffeSharp.Tests.Support;
using OpenCvSharp;

namespace CaffeSharp.Tests.Images;

/// <summary>The layer ImageData, held against pycaffe's on the same photos.</summary>
public sealed class ImageDataTests : LeakGate
{
    private const int Passes = 3;

    private static readonly string[] s_jpegPhotos = ["rocket.jpg", "dlib-faces/2008_001322.jpg", "obama.jpg"];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(Phase.Train)]
    [InlineData(Phase.Test)]
    public void Every_way_to_read_png_files_gives_pycaffes_pixels_bit_for_bit(Phase phase)
    {
        string list = _folder.Write(
            "photos.txt",
            $"{ImageNets.Photo("astronaut.png")} 0\n{ImageNets.Photo("camera.png")} 7\n{ImageNets.Photo("chelsea.png")} -3\n");
        string gray = _folder.Write("gray.txt", $"{ImageNets.Photo("camera.png")} 1\n");
        string names = _folder.Write("names.txt", "camera.png\nastronaut.png 2\n");
        string root = Path.GetDirectoryName(ImageNets.Photo("camera.png"))! + "/";
        string mean = ImageNets.Mean(_folder, "mean.binaryproto", 3, 40, 44);
        string prototxt = _folder.Write(
            "net.prototxt",
            ImageNets.ImageData("plain", list, "batch_size: 1")
            + ImageNets.ImageData("gray", gray, "batch_size: 1 is_color: false")
            + ImageNets.ImageData("small", list, "batch_size: 2 new_height: 37 new_width: 53")
            + ImageNets.ImageData("large", list, "batch_size: 1 new_height: 600 new_width: 700")
            + ImageNets.ImageData("gray small", gray, "batch_size: 4 is_color: false new_height: 24 new_width: 24", "mean_value: 100 scale: 0.0078125")
            + ImageNets.ImageData("mean file", list, "batch_size: 2 new_height: 40 new_width: 44", $"mean_file: \"{mean}\" crop_size: 32 mirror: true scale: 0.5")
            + ImageNets.ImageData("mean values", list, "batch_size: 2 new_height: 40 new_width: 44", "mean_value: 104 mean_value: 117 mean_value: 123")
            + ImageNets.ImageData("one mean value", list, "batch_size: 2 new_height: 40 new_width: 44", "mean_value: 127.5")
            + ImageNets.ImageData("crop", list, "batch_size: 2", "crop_size: 227 mirror: true")
            + ImageNets.ImageData("root", names, $"batch_size: 1 root_folder: \"{root}\"")
            + ImageNets.ImageData("shuffled", list, "batch_size: 2 new_height: 24 new_width: 24 shuffle: true")
            + ImageNets.ImageData("skipped", list, "batch_size: 1 new_height: 24 new_width: 24 rand_skip: 3"));

        ImageNets.AssertSame(ImageNets.Expected(prototxt, phase, Passes), ImageNets.Batches(prototxt, phase, Passes));
    }

    [Fact]
    public void Jpeg_files_give_pycaffes_pixels_bit_for_bit()
    {
        string list = _folder.Write(
            "photos.txt", string.Concat(s_jpegPhotos.Select(photo => $"{ImageNets.Photo(photo.Split('/'))} 1\n")));
        string prototxt = _folder.Write(
            "net.prototxt",
            ImageNets.ImageData("colour", list, "batch_size: 1")
            + ImageNets.ImageData("gray", list, "batch_size: 1 is_color: false")
            + ImageNets.ImageData("small", list, "batch_size: 2 new_height: 48 new_width: 48"));

        ImageNets.AssertSame(
            ImageNets.Expected(prototxt, Phase.Test, s_jpegPhotos.Length),
            ImageNets.Batches(prototxt, Phase.Test, s_jpegPhotos.Length));
    }

    [Fact]
    public void Colours_of_a_png_file_become_the_gray_that_OpenCV_makes_of_them()
    {
        // Not pycaffe's: its libpng weighs colours in linear light where the file has a profile.
        string photo = ImageNets.Photo("chelsea.png");
        string list = _folder.Write("list.txt", $"{photo} 1\n");
        using Mat gray = Cv2.ImRead(photo, ImreadModes.Grayscale);
        Assert.True(gray.GetArray(out byte[] pixels));

        using Net net = Net.FromText(ImageNets.ImageData("photo", list, "is_color: false"));
        net.Forward();

        Assert.Equal([1, 1, 300, 451], net.Blobs["photo"].Shape.ToArray());
        Assert.Equal(pixels.Select(pixel => (float)pixel), net.Blobs["photo"].Data.Span.ToArray());
    }

    [Fact]
    public void Mirror_crop_and_order_repeat_with_the_seed()
    {
        string list = _folder.Write("list.txt", string.Concat(Enumerable.Range(0, 20).Select(
            label => $"{ImageNets.Photo(label % 2 == 0 ? "astronaut.png" : "chelsea.png")} {label}\n")));
        string text = ImageNets.ImageData("photo", list, "batch_size: 10 shuffle: true", "crop_size: 20 mirror: true");

        float[] first = SeededBatch(text, 1);
        Assert.Equal(first, SeededBatch(text, 1));
        Assert.NotEqual(first, SeededBatch(text, 2));
    }

    private static float[] SeededBatch(string text, uint seed)
    {
        using Net net = Net.FromText(text, options: new() { Phase = Phase.Train, Seed = seed });
        net.Forward();
        return [.. net.Blobs["photo"].Data.Span, .. net.Blobs["photo label"].Data.Span];
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
