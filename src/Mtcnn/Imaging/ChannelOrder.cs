namespace Mtcnn.Imaging;

/// <summary>The order of the colour channels of an image in memory.</summary>
public enum ChannelOrder
{
    /// <summary>Blue, green, red (and alpha): OpenCV's order.</summary>
    Bgr,

    /// <summary>Red, green, blue (and alpha).</summary>
    Rgb,
}
