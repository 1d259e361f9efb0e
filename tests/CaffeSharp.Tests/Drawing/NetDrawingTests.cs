using System.Buffers.Binary;
using System.Text;
using System.Xml.Linq;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Drawing;

/// <summary>Nets as images, made by Graphviz.</summary>
public sealed class NetDrawingTests : LeakGate
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public async Task Every_net_of_Caffes_own_tree_when_drawn_is_an_image_with_all_its_layers()
    {
        Assert.True(CaffeTree.Nets.Count > 20);
        foreach (string path in CaffeTree.Nets)
        {
            NetParameter net = Prototxt.ReadFile<NetParameter>(path);
            HashSet<string> texts = Texts(await NetDrawing.DrawAsync(net, DrawingFormat.Svg));

            Assert.All(UpgradeProto.Net(net).Layer, layer => Assert.Contains(layer.Name, texts));
        }
    }

    [Fact]
    public async Task Nets_of_training_when_drawn_need_no_Python()
    {
        NetParameter net = Prototxt.ReadFile<NetParameter>(Originals.Path("models", "reference", "12net", "train12.prototxt"));

        HashSet<string> texts = Texts(await NetDrawing.DrawAsync(net, DrawingFormat.Svg, new() { Phase = Phase.Train }));

        Assert.Contains("pythonLayer.regression_Layer", texts);
        Assert.Contains("loss, weight 0.5", texts);
    }

    [Fact]
    public async Task Names_of_any_characters_when_drawn_stay_text()
    {
        string[] names = ["<b>&amp;\"quoted\"\\", "back\\", "-> x [color=red];", "}", "层 ü 🙂", "a\\nb\\l"];
        NetParameter net = new() { Name = "net \"<\\" };
        foreach (string name in names)
        {
            net.Layer.Add(new LayerParameter { Name = name, Type = name, Bottom = { $"in {name}" }, Top = { name } });
        }

        HashSet<string> texts = Texts(await NetDrawing.DrawAsync(net, DrawingFormat.Svg));

        Assert.All(names, name => Assert.Contains(name, texts));
        Assert.Contains(net.Name, texts);
    }

    [Fact]
    public async Task Control_characters_when_drawn_are_made_visible()
    {
        NetParameter net = new() { Layer = { new LayerParameter { Name = "a\nb\u0001c", Type = "ReLU", Top = { "a" } } } };

        Assert.Contains("a\uFFFDb\uFFFDc", Texts(await NetDrawing.DrawAsync(net, DrawingFormat.Svg)));
    }

    [Fact]
    public async Task A_loaded_net_when_drawn_into_files_has_the_format_of_their_names()
    {
        using TemporaryFolder folder = new();
        using Net net = Net.FromFile(Originals.Net48);

        foreach (string name in new[] { "net.dot", "net.svg", "net.png" })
        {
            await NetDrawing.DrawFileAsync(net, folder.File(name), new() { Direction = DrawingDirection.BottomToTop });
        }

        Assert.StartsWith("digraph", await File.ReadAllTextAsync(folder.File("net.dot")), StringComparison.Ordinal);
        Assert.Contains("1 × 128 × 3 × 3", Texts(await File.ReadAllBytesAsync(folder.File("net.svg"))));
        byte[] png = await File.ReadAllBytesAsync(folder.File("net.png"));
        Assert.Equal([0x89, .. "PNG\r\n"u8], png[..6]);
        // From bottom to top it is higher than wide.
        Assert.True(BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)) > 2 * BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public async Task A_file_when_it_cannot_be_written_is_named()
    {
        using TemporaryFolder folder = new();
        NetParameter net = Prototxt.ReadFile<NetParameter>(Originals.Net12);

        CaffeException error = await Assert.ThrowsAsync<CaffeException>(
            () => NetDrawing.DrawFileAsync(net, folder.File(Path.Combine("none", "net.dot"))));

        Assert.Equal(CaffeErrorKind.NotFound, error.Kind);
        await Assert.ThrowsAsync<ArgumentException>(() => NetDrawing.DrawFileAsync(net, folder.File("net.gif")));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Drawing_when_cancelled_ends_and_writes_nothing()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        NetParameter net = Prototxt.ReadFile<NetParameter>(Originals.Net12);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => NetDrawing.DrawFileAsync(net, folder.File("net.png"), cancellationToken: cancelled.Token));

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static HashSet<string> Texts(byte[] svg)
    {
        // Its document type names a file of the W3C's, which is not fetched.
        XDocument document = XDocument.Parse(Encoding.UTF8.GetString(svg));
        return [.. document.Descendants(s_svg + "text").Select(text => text.Value.Replace('\u00A0', ' '))];
    }
}
