using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Images;

/// <summary>The layer WindowData, held against pycaffe's on the same windows of the same photos.</summary>
public sealed class WindowDataTests : LeakGate
{
    private const int Passes = 2;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Every_way_to_cut_windows_gives_pycaffes_pixels_bit_for_bit()
    {
        string list = _folder.Write("windows.txt", $"""
            # 0
            {ImageNets.Photo("astronaut.png")}
            3 512 512
            5
            1 0.9 175 60 270 190
            2 0.5 0 0 511 511
            1 0.1 300 300 420 350
            0 0 10 400 60 500
            1 0.45 1 2 3 4
            # 1
            {ImageNets.Photo("chelsea.png")}
            3 300 451
            3
            3 0.7 100 50 330 250
            3 1.0 400 250 450 299
            3 0.2 0 0 30 90

            """);
        string names = _folder.Write("names.txt", File.ReadAllText(list).Replace(
            Path.GetDirectoryName(ImageNets.Photo("chelsea.png"))! + "/", string.Empty, StringComparison.Ordinal));
        string root = Path.GetDirectoryName(ImageNets.Photo("chelsea.png"))! + "/";
        string mean = ImageNets.Mean(_folder, "mean.binaryproto", 3, 40, 44);
        string prototxt = _folder.Write(
            "net.prototxt",
            ImageNets.WindowData("warp", list, "batch_size: 16 fg_threshold: 0.5 bg_threshold: 0.5", "crop_size: 24")
            + ImageNets.WindowData("mirrored", list, "batch_size: 16 fg_fraction: 0.6", "crop_size: 24 mirror: true")
            + ImageNets.WindowData("padded", list, "batch_size: 16 context_pad: 4", "crop_size: 33 mirror: true mean_value: 127.5")
            + ImageNets.WindowData("square", list, "batch_size: 16 crop_mode: \"square\"", "crop_size: 24 mean_value: 104 mean_value: 117 mean_value: 123")
            + ImageNets.WindowData("padded square", list, "batch_size: 16 crop_mode: \"square\" context_pad: 3 scale: 0.0078125", $"crop_size: 32 mirror: true mean_file: \"{mean}\"")
            + ImageNets.WindowData("cached", names, $"batch_size: 16 cache_images: true root_folder: \"{root}\"", "crop_size: 24"));

        ImageNets.AssertSame(
            ImageNets.Expected(prototxt, Phase.Train, Passes), ImageNets.Batches(prototxt, Phase.Train, Passes));
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
