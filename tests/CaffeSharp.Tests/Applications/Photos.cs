using CaffeSharp.Imaging;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Applications;

/// <summary>Photos as floats, and images made of them.</summary>
internal static class Photos
{
    internal static string Path(string name) => Originals.Path("images", name);

    internal static FloatImage Cat() => FloatImage.Load(Path("chelsea.png"));

    /// <summary>A part of the photo that holds a face.</summary>
    internal static FloatImage Face() => FloatImage.Load(Path("astronaut.png")).Crop(20, 150, 180, 171);

    /// <summary>The same image with any number of channels: the photo's, over and over, each time a little darker.</summary>
    internal static FloatImage WithChannels(FloatImage image, int channels)
    {
        float[] pixels = new float[image.Height * image.Width * channels];
        for (int pixel = 0; pixel < image.Height * image.Width; pixel++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                pixels[(pixel * channels) + channel] =
                    image.Pixels[(pixel * image.Channels) + (channel % image.Channels)] / (1 + (0.1f * channel));
            }
        }

        return new(image.Height, image.Width, channels, pixels);
    }
}
