using System.Globalization;
using System.Numerics.Tensors;
using CaffeSharp.Imaging;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Applications;

/// <summary>Resizing, Transformer, Classifier and Detector on photos, held against pycaffe's.</summary>
public sealed class ApplicationsParityTests : LeakGate
{
    // Of values up to 1; pycaffe rounds to single precision at other places.
    private const double Tolerance = 1e-6;

    // Three images per batch, so that ten crops and five windows end in the middle of one.
    private const string Classification = """
        name: "Small"
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 3 dim: 3 dim: 28 dim: 24 } } }
        layer {
          name: "conv" type: "Convolution" bottom: "data" top: "conv"
          convolution_param { num_output: 8 kernel_size: 5 stride: 2 weight_filler { type: "xavier" } }
        }
        layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
        layer { name: "pool" type: "Pooling" bottom: "conv" top: "pool" pooling_param { kernel_size: 2 stride: 2 } }
        layer {
          name: "ip" type: "InnerProduct" bottom: "pool" top: "ip"
          inner_product_param { num_output: 10 weight_filler { type: "xavier" } }
        }
        layer { name: "prob" type: "Softmax" bottom: "ip" top: "prob" }
        """;

    private static readonly TransformerSettings s_imageNet = new()
    {
        ChannelSwap = [2, 1, 0],
        RawScale = 255,
        Mean = Tensor.Create(new float[] { 104, 117, 123 }, [3]),
        InputScale = 0.017f,
    };

    [Fact]
    public void Resized_and_cropped_images_are_pycaffes()
    {
        (FloatImage Image, int Height, int Width)[] sizes =
        [
            (Photos.Cat(), 24, 24), (Photos.Cat(), 227, 227), (Photos.Face(), 400, 333), (Photos.Face(), 1, 1), (Photos.Face(), 180, 40),
            (FloatImage.Load(Photos.Path("camera.png"), color: false), 33, 65),
            (Photos.WithChannels(Photos.Face(), 2), 24, 31), (Photos.WithChannels(Photos.Face(), 5), 200, 190),
            (Photos.WithChannels(Photos.Face(), 4), 1, 7), (new(2, 3, 3, Enumerable.Repeat(0.3f, 18).ToArray()), 5, 4),
        ];
        using PycaffeJobs jobs = new();
        foreach ((int at, (FloatImage image, int height, int width)) in sizes.Index())
        {
            jobs.Add(Name("resize", at), "resize", new { image = jobs.File(image), height, width });
        }

        FloatImage second = Photos.Face().Mirror();
        jobs.Add("oversample", "oversample", new { images = new[] { jobs.File(Photos.Face()), jobs.File(second) }, height = 91, width = 64 });
        IReadOnlyDictionary<string, Tensor<float>> expected = jobs.Run();

        foreach ((int at, (FloatImage image, int height, int width)) in sizes.Index())
        {
            FloatImage resized = image.Resize(height, width);
            Tensor<float> reference = expected[Name("resize", at)];
            Assert.Equal([resized.Height, resized.Width, resized.Channels], reference.Shape());
            AssertClose(reference, resized.Pixels, $"{image.Height} x {image.Width} to {height} x {width}");
        }

        IReadOnlyList<FloatImage> crops = [.. Photos.Face().Oversample(91, 64), .. second.Oversample(91, 64)];
        Assert.Equal([20, 91, 64, 3], expected["oversample"].Shape());
        Assert.Equal(expected["oversample"].Values(), crops.SelectMany(crop => crop.Pixels.ToArray()));
    }

    [Fact]
    public void Preprocessed_and_deprocessed_images_are_pycaffes()
    {
        int[] shape = [1, 3, 40, 40];
        FloatImage face = Photos.Face();
        Tensor<float> image = Tensor.Create(new Transformer("mean", [1, 3, 30, 50]).Preprocess(Photos.Cat()), [3, 30, 50]);
        TransformerSettings[] settings =
        [
            new(),
            s_imageNet,
            new() { Transpose = [2, 1, 0], RawScale = 255, InputScale = 1 / 128f },
            new() { ChannelSwap = [1, 2, 0], Mean = image },
            new() { RawScale = 2, Mean = image.Slice([0..1, 0..30, 0..50]), InputScale = 0.5f },
            new() { Mean = Tensor.Create(new Transformer("mean", shape).Preprocess(Photos.Cat()), [3, 40, 40]) },
        ];
        using PycaffeJobs jobs = new();
        foreach ((int at, TransformerSettings one) in settings.Index())
        {
            jobs.Add(
                Name("there", at), "preprocess",
                new { shape, settings = jobs.Settings(one, withTranspose: true), image = jobs.File(face) });
            jobs.Add(
                Name("back", at), "deprocess",
                new
                {
                    shape,
                    settings = jobs.Settings(one, withTranspose: true),
                    image = jobs.File(new Transformer("data", shape, one).Preprocess(face), 1, 3, 40, 40),
                });
        }

        IReadOnlyDictionary<string, Tensor<float>> expected = jobs.Run();

        FloatImage resized = face.Resize(40, 40);
        foreach ((int at, TransformerSettings one) in settings.Index())
        {
            Transformer transformer = new("data", shape, one);
            float[] data = transformer.Preprocess(face);
            AssertClose(expected[Name("there", at)], data, $"settings {at}");
            FloatImage back = transformer.Deprocess(data);
            Assert.Equal([back.Height, back.Width, back.Channels], expected[Name("back", at)].Shape());
            AssertClose(expected[Name("back", at)], back.Pixels, $"settings {at}, backwards");
            Assert.True(Close.Difference(resized.Pixels, back.Pixels) <= 3e-6);
        }
    }

    [Fact]
    public void Predictions_of_a_classifier_are_pycaffes()
    {
        FloatImage[] images = [Photos.Face(), Photos.Cat(), Photos.Face().Crop(30, 20, 100, 90), Photos.Cat().Crop(10, 20, 30, 90)];
        using PycaffeJobs jobs = new();
        (string prototxt, string weights) = Save(jobs);
        string[] files = [.. images.Select(jobs.File)];
        int[] image_dims = [41, 36];
        Dictionary<string, object> settings = jobs.Settings(s_imageNet, withTranspose: false);
        jobs.Add("oversampled", "classify", new { prototxt, weights, settings, images = files, oversample = true, image_dims });
        jobs.Add("centre", "classify", new { prototxt, weights, settings, images = files, oversample = false, image_dims });
        jobs.Add("whole", "classify", new { prototxt, weights, settings, images = files, oversample = false });
        IReadOnlyDictionary<string, Tensor<float>> expected = jobs.Run();

        using Classifier classifier = Classifier.FromFile(
            prototxt, weights, new() { Transformer = s_imageNet, ImageSize = (41, 36) });
        using Classifier whole = Classifier.FromFile(prototxt, weights, new() { Transformer = s_imageNet });
        AssertPredictions(expected["oversampled"], classifier.Predict(images));
        AssertPredictions(expected["centre"], classifier.Predict(images, oversample: false));
        AssertPredictions(expected["whole"], whole.Predict(images, oversample: false));
    }

    [Fact]
    public void Predictions_of_a_detector_are_pycaffes()
    {
        (string File, DetectionWindow[] Windows)[] photos =
        [
            ("astronaut.png", [new(20, 150, 200, 321), new(0, 0, 90, 512), new(300, 300, 512, 512), new(0, 490, 40, 512)]),
            ("chelsea.png", [new(50, 100, 51, 101), new(1, 2, 299, 450), new(250, 10, 400, 30)]),
        ];
        using PycaffeJobs jobs = new();
        string original = Originals.Path("models", "reference", "24net", "24net.prototxt");
        string weights = Originals.Path("models", "reference", "24net", "24net.caffemodel");
        TransformerSettings settings = new()
        {
            ChannelSwap = [2, 1, 0],
            RawScale = 255,
            Mean = Tensor.Create(new float[] { 127.5f, 120, 130 }, [3]),
            InputScale = 1 / 128f,
        };
        string[] images = [.. photos.Select(photo => jobs.File(FloatImage.Load(Photos.Path(photo.File))))];
        int[][][] windows = [.. photos.Select(photo => photo.Windows
            .Select(window => new[] { window.YMin, window.XMin, window.YMax, window.XMax }).ToArray())];
        int[] pads = [0, 1, 4, 11];
        foreach (int pad in pads)
        {
            jobs.Add(
                Name("pad", pad), "detect",
                new { prototxt = original, weights, settings = jobs.Settings(settings, withTranspose: false), images, windows, context_pad = pad });
        }

        IReadOnlyDictionary<string, Tensor<float>> expected = jobs.Run();

        ImageWindows[] asked = [.. photos.Select(photo => new ImageWindows(Photos.Path(photo.File), photo.Windows))];
        foreach (int pad in pads)
        {
            using Detector detector = Detector.FromFile(original, weights, new() { Transformer = settings, ContextPad = pad });
            IReadOnlyList<WindowDetection> found = detector.DetectWindows(asked);
            Assert.Equal(asked.SelectMany(image => image.Windows.Select(window => (image.Path, window))),
                found.Select(detection => (detection.Path, detection.Window)));
            AssertPredictions(expected[Name("pad", pad)], [.. found.Select(detection => detection.Prediction.ToArray())]);
        }
    }

    private static (string Prototxt, string Weights) Save(PycaffeJobs jobs)
    {
        string prototxt = jobs.Path("net.prototxt");
        string weights = jobs.Path("net.caffemodel");
        File.WriteAllText(prototxt, Classification);
        using Net net = Net.FromFile(prototxt, new NetOptions { Seed = 7 });
        net.Save(weights);
        return (prototxt, weights);
    }

    private static string Name(string what, int at) => what + at.ToString(CultureInfo.InvariantCulture);

    private static void AssertPredictions(Tensor<float> expected, IReadOnlyList<float[]> actual)
    {
        Assert.Equal(expected.Lengths[0], actual.Count);
        // Different ones, or the order of the images would not be seen.
        Assert.Equal(actual.Count, actual.DistinctBy(prediction => prediction[0]).Count());
        AssertClose(expected, actual.SelectMany(prediction => prediction).ToArray(), "prediction", 1e-5);
    }

    private static void AssertClose(Tensor<float> expected, ReadOnlySpan<float> actual, string what, double tolerance = Tolerance)
    {
        double difference = Close.Difference(expected.Values(), actual);
        float largest = expected.Values().Max(Math.Abs);
        Assert.True(
            difference <= tolerance * Math.Max(1, largest), $"{what} differs by {difference.ToString(CultureInfo.InvariantCulture)}");
    }
}
