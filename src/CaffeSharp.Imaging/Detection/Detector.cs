namespace CaffeSharp.Imaging;

/// <summary>Classifies windows of images with a net of one input, as R-CNN does: caffe.Detector. As a net it may be used
/// from any thread, by one at a time. Windows come from the caller: pycaffe's selective search runs MATLAB.</summary>
public sealed class Detector : IDisposable
{
    private readonly ImageBatches _batches;
    private readonly bool _ownsNet;
    private readonly FloatImage? _background;

    /// <summary>Makes a detector of a net, which the caller keeps and disposes.</summary>
    /// <param name="net">The net: one input of four axes, whose shape stays as it is now.</param>
    /// <param name="options">How windows are prepared; null for resizing to the input and nothing else.</param>
    /// <exception cref="ArgumentException">The net has not just one input of four axes, or options do not fit it.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public Detector(Net net, DetectorOptions? options = null)
        : this(net, options, ownsNet: false)
    {
    }

    private Detector(Net net, DetectorOptions? options, bool ownsNet)
    {
        ArgumentNullException.ThrowIfNull(net);
        options ??= new();
        _batches = new(net, options.Transformer);
        _ownsNet = ownsNet;
        ContextPad = options.ContextPad;
        ArgumentOutOfRangeException.ThrowIfNegative(ContextPad, nameof(options));
        if (ContextPad == 0)
        {
            return;
        }

        if (Transformer.Height != Transformer.Width || ContextPad > (Transformer.Width - 1) / 2)
        {
            throw new ArgumentException(
                $"ContextPad is {ContextPad}, and input '{Transformer.Input}' takes images of {Transformer.Height} x " +
                $"{Transformer.Width}: context needs a square, and leaves no window where it is half of it.", nameof(options));
        }

        // What becomes zero: the mean, before all that is done to an image.
        _background = Transformer.Deprocess(new float[Transformer.Count]);
    }

    /// <summary>The net; its blobs hold the last batch.</summary>
    public Net Net => _batches.Net;

    /// <summary>How a window becomes an input.</summary>
    public Transformer Transformer => _batches.Transformer;

    /// <summary>How many pixels at each border of the net's input are what surrounds the window.</summary>
    public int ContextPad { get; }

    /// <summary>Makes a detector of files, in the test phase.</summary>
    /// <param name="prototxtPath">The deploy definition.</param>
    /// <param name="weightsPath">A caffemodel or HDF5 file.</param>
    /// <param name="options">How windows are prepared; null for resizing to the input and nothing else.</param>
    /// <param name="device">Where the net runs; the CPU unless said otherwise.</param>
    /// <exception cref="ArgumentException">A path is empty, the net has not just one input of four axes, or options do not
    /// fit it.</exception>
    /// <exception cref="CaffeException">As for <see cref="Net.FromFile(string, string, NetOptions?)"/>.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static Detector FromFile(
        string prototxtPath, string weightsPath, DetectorOptions? options = null, Device device = default)
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

    /// <summary>Looks at windows of image files, which are read one at a time.</summary>
    /// <param name="images">The files with their windows; each file is read once.</param>
    /// <param name="cancellationToken">Stops between two layers.</param>
    /// <returns>What the net says of each window, in the order given.</returns>
    /// <exception cref="ArgumentException">A window is empty or outside its image.</exception>
    /// <exception cref="InvalidDataException">A file is not an image.</exception>
    /// <exception cref="IOException">A file cannot be read; a <see cref="FileNotFoundException"/> if it does not exist.</exception>
    /// <exception cref="InvalidOperationException">The net was reshaped, or its first output is not a row per image.</exception>
    /// <exception cref="CaffeException">A layer failed, or another thread is inside the net.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The net is disposed.</exception>
    public IReadOnlyList<WindowDetection> DetectWindows(
        IEnumerable<ImageWindows> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        List<(string Path, DetectionWindow Window)> seen = [];
        List<float[]> predictions = _batches.Run(Crops(images, seen), cancellationToken);
        return [.. seen.Zip(predictions, (at, prediction) => new WindowDetection(at.Path, at.Window, prediction))];
    }

    /// <summary>Looks at windows of an image in memory.</summary>
    /// <param name="image">The image, with as many channels as the input.</param>
    /// <param name="windows">The windows; any number.</param>
    /// <param name="cancellationToken">Stops between two layers.</param>
    /// <returns>For each window its values of the net's first output.</returns>
    /// <inheritdoc cref="DetectWindows(IEnumerable{ImageWindows}, CancellationToken)" path="/exception"/>
    public IReadOnlyList<float[]> DetectWindows(
        FloatImage image, IReadOnlyList<DetectionWindow> windows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(windows);
        Transformer.CheckChannels(image, nameof(image));
        return _batches.Run(windows.Select(window => Crop(image, window)), cancellationToken);
    }

    /// <summary>Cuts a window out, with what surrounds it where <see cref="ContextPad"/> says so. What sticks out of the image
    /// is cut off or, with context, has the mean's value.</summary>
    /// <param name="image">The image, with as many channels as the input.</param>
    /// <param name="window">The window.</param>
    /// <returns>With context an image of the input's size, else one of the window's.</returns>
    /// <exception cref="ArgumentException">The window is empty or outside the image, or the image has another number of
    /// channels.</exception>
    public FloatImage Crop(FloatImage image, DetectionWindow window)
    {
        Transformer.CheckChannels(image, nameof(image));
        return Crop(image, window, "the image");
    }

    /// <summary>Frees the net where this made it. May be called more than once.</summary>
    public void Dispose()
    {
        if (_ownsNet)
        {
            Net.Dispose();
        }
    }

    private static FloatImage Cut(FloatImage image, double top, double left, double bottom, double right) =>
        image.Crop((int)top, (int)left, (int)(bottom - top), (int)(right - left));

    private IEnumerable<FloatImage> Crops(IEnumerable<ImageWindows> images, List<(string Path, DetectionWindow Window)> seen)
    {
        foreach (ImageWindows windows in images)
        {
            FloatImage image = FloatImage.Load(windows.Path, color: Transformer.Channels != 1);
            Transformer.CheckChannels(image, nameof(images));
            foreach (DetectionWindow window in windows.Windows)
            {
                FloatImage crop = Crop(image, window, windows.Path);
                seen.Add((windows.Path, window));
                yield return crop;
            }
        }
    }

    private FloatImage Crop(FloatImage image, DetectionWindow window, string name)
    {
        int top = Math.Max(0, window.YMin);
        int left = Math.Max(0, window.XMin);
        int bottom = Math.Min(image.Height, window.YMax);
        int right = Math.Min(image.Width, window.XMax);
        if (bottom <= top || right <= left)
        {
            throw new ArgumentException(
                $"The window from row {window.YMin} to {window.YMax} and column {window.XMin} to {window.XMax} holds nothing of " +
                $"{name}, which is {image.Description}.", nameof(window));
        }

        return _background is null ? Cut(image, top, left, bottom, right) : WithContext(image, window, _background);
    }

    // Sizes and roundings are those of R-CNN as pycaffe has them, where the last row and column count one more.
    private FloatImage WithContext(FloatImage image, DetectionWindow window, FloatImage background)
    {
        double size = Transformer.Width;
        double scale = size / (size - (2 * ContextPad));
        (double top, double bottom) = Around(window.YMin, window.YMax, scale);
        (double left, double right) = Around(window.XMin, window.XMax, scale);
        ContextSpan rows = new(top, bottom, image.Height, size);
        ContextSpan columns = new(left, right, image.Width, size);
        if (rows.Length < 1 || columns.Length < 1)
        {
            return background;
        }

        FloatImage context = Cut(image, rows.Start, columns.Start, rows.End, columns.End).Resize(rows.Length, columns.Length);
        float[] pixels = background.Pixels.ToArray();
        int rowLength = columns.Length * image.Channels;
        for (int row = 0; row < rows.Length; row++)
        {
            context.Pixels.Slice(row * rowLength, rowLength)
                .CopyTo(pixels.AsSpan((((rows.Pad + row) * background.Width) + columns.Pad) * image.Channels));
        }

        return new(background.Height, background.Width, background.Channels, pixels);
    }

    private static (double Start, double End) Around(int start, int end, double scale)
    {
        double half = ((double)end - start + 1) / 2;
        double centre = start + half;
        return (Math.Round(centre - (scale * half)), Math.Round(centre + (scale * half)));
    }

    /// <summary>One axis of a window with its context: what of it is in the image, and where that goes.</summary>
    private readonly struct ContextSpan
    {
        internal ContextSpan(double start, double end, int available, double size)
        {
            double scale = size / (end - start + 1);
            Pad = (int)Math.Round(Math.Max(0, -start) * scale);
            Start = Math.Clamp(start, 0, available);
            End = Math.Clamp(end, 0, available);
            Length = (int)Math.Min(Math.Round((End - Start + 1) * scale), size - Pad);
        }

        /// <summary>Pixels of the input before the image begins.</summary>
        internal int Pad { get; }

        /// <summary>The first of the image's pixels.</summary>
        internal double Start { get; }

        /// <summary>The pixel of the image after the last.</summary>
        internal double End { get; }

        /// <summary>Pixels of the input that are the image's.</summary>
        internal int Length { get; }
    }
}
