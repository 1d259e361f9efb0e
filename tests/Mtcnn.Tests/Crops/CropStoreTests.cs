using CaffeSharp;
using CaffeSharp.Tests.Support;
using Mtcnn.Cascade.Boxes;
using Mtcnn.Training.Crops;

namespace Mtcnn.Tests.Crops;

public sealed class CropStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly Crop[] Crops =
    [
        MadeCrop(CropKind.Positive, 12, new CropTargets(new BoxOffsets(0.125f, -1, -0.25f, 0.5f), null)),
        MadeCrop(CropKind.Negative, 12, CropTargets.None),
        MadeCrop(CropKind.Part, 12, new CropTargets(new BoxOffsets(-1, -1, -1, 0), null)),
        MadeCrop(CropKind.Landmark, 12, new CropTargets(null, [0.3f, 0.7f, 0.5f, 0.35f, -1, 0.4f, 0.4f, 0.6f, 0.8f, 1.5f])),
    ];

    private string StorePath => Path.Combine(_folder.Path, "store");

    [Fact]
    public void ReadCrops_gives_what_was_put_in_the_order_of_the_keys()
    {
        WriteCrops();

        using CropStore store = CropStore.Open(StorePath);
        Crop[] read = [.. store.ReadCrops()];

        Assert.Equal((4, 12), (store.Count, store.Side));
        for (int i = 0; i < Crops.Length; i++)
        {
            // The keys decrease.
            Crop expected = Crops[^(i + 1)];
            Assert.Equal((expected.Kind, expected.Side, expected.Targets.Offsets), (read[i].Kind, read[i].Side, read[i].Targets.Offsets));
            Assert.Equal(expected.Targets.Points, read[i].Targets.Points);
            Assert.Equal(expected.Pixels.ToArray(), read[i].Pixels.ToArray());
        }
    }

    [Fact]
    public void Plain_Data_layer_reads_the_pixels_normalised_and_the_kind_as_the_label()
    {
        WriteCrops();

        using Net net = Net.FromText(
            $$"""
            layer {
              name: "crops" type: "Data" top: "data" top: "label"
              transform_param { mean_value: 127.5 scale: 0.0078125 }
              data_param { source: "{{StorePath}}" batch_size: 4 backend: LMDB }
            }
            """);
        net.Forward();

        Assert.Equal([4, 3, 12, 12], net.Blobs["data"].Shape.ToArray());
        Assert.Equal([-2f, -1, 0, 1], net.Blobs["label"].ToArray());
        Assert.Equal(Crops.Reverse().SelectMany(crop => crop.Pixels.ToArray()).Select(pixel => (pixel - 127.5f) / 128), net.Blobs["data"].ToArray());
    }

    [Fact]
    public void Create_refuses_a_store_that_exists_and_keeps_it()
    {
        WriteCrops();

        CaffeException error = Assert.Throws<CaffeException>(() => CropStore.Create(StorePath));

        Assert.Contains("is there already", error.Message, StringComparison.Ordinal);
        using CropStore store = CropStore.Open(StorePath);
        Assert.Equal(4, store.Count);
    }

    [Fact]
    public void Open_of_a_store_cut_short_says_so()
    {
        WriteCrops();
        string data = Path.Combine(StorePath, "data.mdb");
        using (FileStream file = File.OpenWrite(data))
        {
            file.SetLength(file.Length / 2);
        }

        CaffeException error = Assert.Throws<CaffeException>(() => CropStore.Open(StorePath));

        Assert.Equal(CaffeErrorKind.Format, error.Kind);
        Assert.Contains($"{StorePath}: its data.mdb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCrops_of_another_database_names_the_record_and_what_is_wrong()
    {
        using (DatumStore store = DatumStore.Create(StorePath))
        {
            store.Put("00000007", DatumArrays.FromBytes(new byte[28 * 28], 1, 28, 28, label: 3));
        }

        using CropStore crops = CropStore.Open(StorePath);
        CropException error = Assert.Throws<CropException>(() => crops.ReadCrops().Count());

        Assert.Contains($"{StorePath}: the record '00000007' is not a crop: it is a Datum of 1 x 28 x 28", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Put_refuses_a_crop_with_too_few_pixels_or_points()
    {
        using CropStore store = CropStore.Create(StorePath);

        _ = Assert.Throws<ArgumentException>(() => store.Put("0", new Crop(CropKind.Negative, 12, new byte[431], CropTargets.None)));
        _ = Assert.Throws<ArgumentException>(() => store.Put("0", new Crop(CropKind.Landmark, 12, new byte[432], new CropTargets(null, [0, 1]))));
    }

    public void Dispose() => _folder.Dispose();

    private void WriteCrops()
    {
        using CropStore store = CropStore.Create(StorePath);
        for (int i = 0; i < Crops.Length; i++)
        {
            store.Put($"{9 - i:D8}", Crops[i]);
        }
    }

    private static Crop MadeCrop(CropKind kind, int side, CropTargets targets)
    {
        byte[] pixels = new byte[3 * side * side];
        new Random((int)kind).NextBytes(pixels);
        return new Crop(kind, side, pixels, targets);
    }
}
