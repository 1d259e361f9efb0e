using CaffeSharp.Imaging;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Applications;

/// <summary>Nets, images and windows that Classifier and Detector cannot take.</summary>
public sealed class BadApplicationsTests : LeakGate
{
    private const string Images = """
        name: "Images"
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 2 dim: 3 dim: 8 dim: 8 } } }
        layer {
          name: "ip" type: "InnerProduct" bottom: "data" top: "ip"
          inner_product_param { num_output: 4 weight_filler { type: "xavier" } }
        }
        layer { name: "prob" type: "Softmax" bottom: "ip" top: "prob" }
        """;

    private static readonly FloatImage s_image = Photos.Face();

    [Fact]
    public void Nets_without_just_one_input_of_images_are_refused()
    {
        using Net two = Net.FromText(SmallNets.EuclideanLoss);
        using Net vector = Net.FromText(SmallNets.InnerProduct);
        using Net none = Net.FromText(
            """layer { name: "data" type: "DummyData" top: "data" dummy_data_param { shape { dim: 1 dim: 3 dim: 4 dim: 4 } } }""");

        Assert.Contains("has 2 inputs (left, right)", Refusal(() => new Classifier(two)), StringComparison.Ordinal);
        Assert.Contains("takes no images", Refusal(() => new Classifier(vector)), StringComparison.Ordinal);
        Assert.Contains("take its deploy definition", Refusal(() => new Detector(none)), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_do_not_fit_the_net_are_refused()
    {
        using Net net = Net.FromText(Images);
        using Net oblong = Net.FromText(Images.Replace("dim: 8 dim: 8", "dim: 8 dim: 6", StringComparison.Ordinal));

        Assert.Contains("ImageSize is 8 x 7, and crops of 8 x 8", Refusal(() => new Classifier(net, new() { ImageSize = (8, 7) })), StringComparison.Ordinal);
        Assert.Contains("ContextPad is 4", Refusal(() => new Detector(net, new() { ContextPad = 4 })), StringComparison.Ordinal);
        Assert.Contains("context needs a square", Refusal(() => new Detector(oblong, new() { ContextPad = 1 })), StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => new Detector(net, new() { ContextPad = -1 }));
        new Detector(net, new() { ContextPad = 3 }).Dispose();
    }

    [Fact]
    public void Images_of_other_channels_are_refused_before_any_runs()
    {
        using Net net = Net.FromText(Images);
        using Classifier classifier = new(net);
        FloatImage gray = new(8, 8, 1, new float[64]);

        Assert.Contains("has 1 channels", Refusal(() => classifier.Predict([s_image, gray])), StringComparison.Ordinal);
        Assert.All(net.Inputs["data"].ToArray(), value => Assert.Equal(0, value));
        Assert.Empty(classifier.Predict([]));
        Assert.Equal(4, Assert.Single(classifier.Predict([s_image])).Length);
    }

    [Fact]
    public void A_net_that_was_reshaped_or_disposed_is_reported()
    {
        using Net net = Net.FromText(Images);
        using Classifier classifier = new(net);
        net.Inputs["data"].Reshape(5, 3, 8, 8);
        Assert.Equal(2, classifier.Predict([s_image, s_image], oversample: false).Count);
        net.Inputs["data"].Reshape(2, 3, 4, 4);

        Assert.Contains(
            "is 2 x 3 x 4 x 4 by now; images are made for 3 x 8 x 8",
            Assert.Throws<InvalidOperationException>(() => classifier.Predict([s_image])).Message, StringComparison.Ordinal);
        classifier.Dispose();
        Assert.False(net.IsDisposed);
        net.Dispose();
        Assert.Throws<ObjectDisposedException>(() => classifier.Predict([s_image]));
    }

    [Fact]
    public void An_output_that_is_not_a_row_per_image_is_reported()
    {
        using Net net = Net.FromText(Images + """layer { name: "sum" type: "Reduction" bottom: "prob" top: "sum" }""");
        using Classifier classifier = new(net);

        Assert.Contains(
            "is not one row per image",
            Assert.Throws<InvalidOperationException>(() => classifier.Predict([s_image])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_that_hold_nothing_are_refused_with_their_image()
    {
        using Net net = Net.FromText(Images);
        foreach (int pad in new[] { 0, 2 })
        {
            using Detector detector = new(net, new() { ContextPad = pad });
            string cat = Photos.Path("chelsea.png");
            DetectionWindow[] bad = [new(5, 5, 5, 9), new(9, 5, 5, 9), new(300, 0, 310, 9), new(0, -9, 9, 0)];
            Assert.All(bad, window =>
            {
                string message = Refusal(() => detector.DetectWindows([new ImageWindows(cat, new DetectionWindow(0, 0, 9, 9), window)]));
                Assert.Contains($"from row {window.YMin} to {window.YMax}", message, StringComparison.Ordinal);
                Assert.Contains($"{cat}, which is 300 x 451 x 3", message, StringComparison.Ordinal);
            });
            Assert.Empty(detector.DetectWindows([new ImageWindows(cat)]));
            Assert.Throws<FileNotFoundException>(() => detector.DetectWindows([new ImageWindows(cat + ".png", new DetectionWindow(0, 0, 9, 9))]));
            // Sticks out on all sides.
            Assert.Single(detector.DetectWindows(Photos.Cat(), [new(-20, -30, 400, 500)]));
        }
    }

    [Fact]
    public void A_prediction_can_be_stopped()
    {
        using Net net = Net.FromText(Images);
        using Classifier classifier = new(net);

        Assert.Throws<OperationCanceledException>(
            () => classifier.Predict([s_image], cancellationToken: new CancellationToken(canceled: true)));
        Assert.Single(classifier.Predict([s_image]));
    }

    private static string Refusal(Func<object> act) => Assert.Throws<ArgumentException>(act).Message;
}
