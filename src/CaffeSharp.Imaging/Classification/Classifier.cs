namespace CaffeSharp.Imaging;

/// <summary>Classifies images with a net of one input: caffe.Classifier. As a net it may be used from any thread, by one at
/// a time.</summary>
public sealed class Classifier : IDisposable
{
    private const int CropsOfAnImage = 10;

    private readonly ImageBatches _batches;
    private readonly bool _ownsNet;

    /// <summary>Makes a classifier of a net, which the caller keeps and disposes.</summary>
    /// <param name="net">The net: one input of four axes, whose shape stays as it is now.</param>
    /// <param name="options">How images are prepared; null for resizing to the input and nothing else.</param>
    /// <exception cref="ArgumentException">The net has not just one input of four axes, or options do not fit it.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public Classifier(Net net, ClassifierOptions? options = null)
        : this(net, options, ownsNet: false)
    {
    }

    private Classifier(Net net, ClassifierOptions? options, bool ownsNet)
    {
        ArgumentNullException.ThrowIfNull(net);
        options ??= new();
        _batches = new(net, options.Transformer);
        _ownsNet = ownsNet;
        (int height, int width) = options.ImageSize ?? (Transformer.Height, Transformer.Width);
        if (height < Transformer.Height || width < Transformer.Width)
        {
            throw new ArgumentException(
                $"ImageSize is {height} x {width}, and crops of {Transformer.Height} x {Transformer.Width} are taken for input " +
                $"'{Transformer.Input}'.", nameof(options));
        }

        ImageSize = (height, width);
    }

    /// <summary>The net; its blobs hold the last batch.</summary>
    public Net Net => _batches.Net;

    /// <summary>How a crop becomes an input.</summary>
    public Transformer Transformer => _batches.Transformer;

    /// <summary>The size that images are resized to before crops are taken.</summary>
    public (int Height, int Width) ImageSize { get; }

    /// <summary>Makes a classifier of files, in the test phase.</summary>
    /// <param name="prototxtPath">The deploy definition.</param>
    /// <param name="weightsPath">A caffemodel or HDF5 file.</param>
    /// <param name="options">How images are prepared; null for resizing to the input and nothing else.</param>
    /// <param name="device">Where the net runs; the CPU unless said otherwise.</param>
    /// <exception cref="ArgumentException">A path is empty, the net has not just one input of four axes, or options do not
    /// fit it.</exception>
    /// <exception cref="CaffeException">As for <see cref="Net.FromFile(string, string, NetOptions?)"/>.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static Classifier FromFile(
        string prototxtPath, string weightsPath, ClassifierOptions? options = null, Device device = default)
    {
        Net net = Net.FromFile(prototxtPath, weightsPath, new NetOptions { Device = device });
        try
        {
            return new(net, options, ownsNet: true);
        }
        catch
        {
            net.Dispose();
            throw;
        }
    }

    /// <summary>Classifies images of any sizes. They go through the net in batches of the net's size; of the last batch the
    /// rest is zero.</summary>
    /// <param name="images">The images; any number.</param>
    /// <param name="oversample">True to average over ten crops: the corners, the centre and their mirror images. False for the
    /// centre alone.</param>
    /// <param name="cancellationToken">Stops between two layers.</param>
    /// <returns>For each image its values of the net's first output: probabilities by class.</returns>
    /// <exception cref="ArgumentException">An image has not as many channels as the input; no image was run.</exception>
    /// <exception cref="InvalidOperationException">The net was reshaped, or its first output is not a row per image.</exception>
    /// <exception cref="CaffeException">A layer failed, or another thread is inside the net.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public IReadOnlyList<float[]> Predict(
        IReadOnlyList<FloatImage> images, bool oversample = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        foreach (FloatImage image in images)
        {
            Transformer.CheckChannels(image, nameof(images));
        }

        List<float[]> predictions = _batches.Run(images.SelectMany(image => Crops(image, oversample)), cancellationToken);
        return oversample ? [.. predictions.Chunk(CropsOfAnImage).Select(Average)] : predictions;
    }

    /// <summary>Frees the net where this made it. May be called more than once.</summary>
    public void Dispose()
    {
        if (_ownsNet)
        {
            Net.Dispose();
        }
    }

    private static float[] Average(float[][] crops)
    {
        float[] average = new float[crops[0].Length];
        for (int value = 0; value < average.Length; value++)
        {
            average[value] = crops.Average(crop => crop[value]);
        }

        return average;
    }

    private IReadOnlyList<FloatImage> Crops(FloatImage image, bool oversample)
    {
        FloatImage resized = image.Resize(ImageSize.Height, ImageSize.Width);
        return oversample
            ? resized.Oversample(Transformer.Height, Transformer.Width)
            : [resized.CropCentre(Transformer.Height, Transformer.Width)];
    }
}
