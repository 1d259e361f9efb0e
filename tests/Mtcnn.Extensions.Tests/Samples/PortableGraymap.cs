using System.Globalization;
using System.Text;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>Images that are quick to make.</summary>
internal static class PortableGraymap
{
    /// <summary>An image of noise, which takes the detector its time.</summary>
    public static byte[] NoiseOf(int width, int height)
    {
        byte[] pixels = new byte[width * height];
        new Random(1).NextBytes(pixels);
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5 {width} {height} 255\n")), .. pixels];
    }
}
