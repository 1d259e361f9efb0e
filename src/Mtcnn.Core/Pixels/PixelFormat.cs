namespace Mtcnn.Pixels;

/// <summary>How one pixel of a raw pixel buffer is laid out; 8 bits a channel, named in the order of the bytes.</summary>
public enum PixelFormat
{
    /// <summary>One byte a pixel: brightness.</summary>
    Gray8,

    /// <summary>Three bytes per pixel: blue, green, red.</summary>
    Bgr24,

    /// <summary>Three bytes per pixel: red, green, blue.</summary>
    Rgb24,

    /// <summary>Four bytes per pixel: blue, green, red, alpha. Alpha is ignored.</summary>
    Bgra32,

    /// <summary>Four bytes per pixel: red, green, blue, alpha. Alpha is ignored.</summary>
    Rgba32,
}
