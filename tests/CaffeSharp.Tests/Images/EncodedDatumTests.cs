using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;
using Google.Protobuf;
using OpenCvSharp;

namespace CaffeSharp.Tests.Images;

/// <summary>Datums that hold the bytes of image files, read by the layer Data.</summary>
public sealed class EncodedDatumTests : LeakGate
{
    private const int Passes = 3;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(DatabaseBackend.Lmdb)]
    [InlineData(DatabaseBackend.LevelDB)]
    public void Encoded_images_give_pycaffes_pixels_bit_for_bit(DatabaseBackend backend)
    {
        byte[][] files = [PngBytes("astronaut.png"), PngBytes("camera.png"), PngBytes("chelsea.png")];
        // LevelDB lets one layer read a database.
        string photos = Store("photos", backend, files);
        string again = Store("again", backend, files);
        string grays = Store("grays", backend, PngBytes("camera.png"));
        string mean = ImageNets.Mean(_folder, "mean.binaryproto", 1, 512, 512);
        string prototxt = _folder.Write(
            "net.prototxt",
            Data("as it is", photos, backend, 1)
            + Data("colour", again, backend, 4, "force_color: true crop_size: 100 mirror: true mean_value: 104 mean_value: 117 mean_value: 123")
            + Data("gray", grays, backend, 2, $"force_gray: true crop_size: 64 scale: 0.0078125 mean_file: \"{mean}\""));

        ImageNets.AssertSame(
            ImageNets.Expected(prototxt, Phase.Train, Passes), ImageNets.Batches(prototxt, Phase.Train, Passes));
    }

    [Fact]
    public void Record_that_is_not_an_image_is_named_when_its_turn_comes()
    {
        string store = Store("broken", DatabaseBackend.Lmdb, PngBytes("camera.png"), PngBytes("camera.png"), "no image"u8.ToArray());
        using Net net = Net.FromText(Data("data", store, DatabaseBackend.Lmdb, 2));
        net.Forward();

        CaffeException error = Assert.Throws<CaffeException>(() => net.Forward());

        Assert.Equal(
            $"<text>:1: layer 'data' (Data): its source '{store}': record '2': OpenCV finds no image in these 8 bytes: damaged, or of a format that it does not know",
            error.Message);
        Assert.Equal((CaffeErrorKind.Format, "data", store), (error.Kind, error.LayerName, error.Path));
    }

    [Fact]
    public void Record_of_another_size_than_the_batch_is_named()
    {
        string store = Store("sizes", DatabaseBackend.Lmdb, PngBytes("astronaut.png"), PngBytes("chelsea.png"));
        using Net net = Net.FromText(Data("data", store, DatabaseBackend.Lmdb, 2));

        CaffeException error = Assert.Throws<CaffeException>(() => net.Forward());

        Assert.Contains("record '1': Check failed: height <= img_height (512 vs. 300)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_of_sixteen_bits_is_refused()
    {
        using Mat deep = new(4, 4, MatType.CV_16UC1, Scalar.All(1000));
        string store = Store("deep", DatabaseBackend.Lmdb, deep.ToBytes(".png"));
        using Net net = Net.FromText(Data("data", store, DatabaseBackend.Lmdb, 1));

        CaffeException error = Assert.Throws<CaffeException>(() => net.Forward());

        Assert.Contains("record '0': Check failed: cv_img.depth() == CV_8U", error.Message, StringComparison.Ordinal);

        // Asked for gray, OpenCV brings it to 8 bits.
        using Net gray = Net.FromText(Data("data", store, DatabaseBackend.Lmdb, 1, "force_gray: true"));
        gray.Forward();
        Assert.Equal(1000 >> 8, gray.Blobs["data"].Data.Span[0]);
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] PngBytes(string photo) => File.ReadAllBytes(ImageNets.Photo(photo));

    private static string Data(string name, string store, DatabaseBackend backend, int batchSize, string transform = "") => $$"""
        layer {
          name: "{{name}}" type: "Data" top: "{{name}}" top: "{{name}} label" transform_param { {{transform}} }
          data_param { source: "{{store}}" backend: {{(backend == DatabaseBackend.Lmdb ? "LMDB" : "LEVELDB")}} batch_size: {{batchSize}} }
        }

        """;

    private string Store(string name, DatabaseBackend backend, params byte[][] files)
    {
        using DatumStore store = DatumStore.Create(_folder.File(name), backend);
        for (int index = 0; index < files.Length; index++)
        {
            store.Put($"{index}", new Datum { Data = ByteString.CopyFrom(files[index]), Encoded = true, Label = 10 + index });
        }

        return store.Path;
    }
}
