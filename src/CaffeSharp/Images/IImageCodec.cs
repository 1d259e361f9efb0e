using System.ComponentModel;

namespace CaffeSharp;

/// <summary>Decodes, encodes and resizes images for Caffe's layers (ImageData, WindowData, Data with encoded Datums). The package
/// CaffeSharp.Imaging has one; <see cref="CaffeRuntime.ImageCodec"/> replaces it.</summary>
/// <remarks>Members are called by many threads at once, some of them Caffe's own. An exception becomes the failure of the layer; an
/// <see cref="InvalidDataException"/> says that the image is damaged or of an unknown format.</remarks>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public interface IImageCodec
{
    /// <summary>Decodes an image file.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="flags">The channels, as OpenCV numbers them: 1 three (blue, green, red), 0 one (gray), -1 those of the file.</param>
    /// <param name="allocate">Allocates the result; called once.</param>
    /// <exception cref="InvalidDataException">The bytes are not an image, damaged, or of a format that the codec does not know.</exception>
    void Decode(ReadOnlySpan<byte> encoded, int flags, RawImageAllocator allocate);

    /// <summary>Encodes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="extension">The extension of files of the format: ".png".</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="InvalidDataException">The codec does not write this format, or not with such pixels.</exception>
    byte[] Encode(RawImage image, string extension);

    /// <summary>Resizes an image.</summary>
    /// <param name="source">The image.</param>
    /// <param name="target">Memory of the new size, with the channels and depth of <paramref name="source"/>, to fill.</param>
    /// <param name="interpolation">As OpenCV numbers them: 0 nearest, 1 linear.</param>
    void Resize(RawImage source, RawImage target, int interpolation);
}
