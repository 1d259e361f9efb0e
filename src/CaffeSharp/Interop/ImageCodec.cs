using OpenCvSharp;

namespace CaffeSharp.Interop;

/// <summary>Pictures for Caffe by OpenCV, as OpenCvSharp brings it.</summary>
internal static unsafe class ImageCodec
{
    // Loads OpenCV at the first picture, not before.
    static ImageCodec() => OpenCvLibrary.EnsureLoaded();

    /// <exception cref="InvalidDataException">They are no picture.</exception>
    internal static void Decode(byte* bytes, long length, int flags, nint result)
    {
        if (length is < 1 or > int.MaxValue)
        {
            throw new InvalidDataException($"a picture cannot have {length} bytes");
        }

        using Mat decoded = Cv2.ImDecode(new ReadOnlySpan<byte>(bytes, (int)length), (ImreadModes)flags);
        if (decoded.Empty())
        {
            throw new InvalidDataException($"OpenCV finds no picture in these {length} bytes: damaged, or of a format that it does not know");
        }

        ImageNative.caffe_image_allocate(
            result, decoded.Rows, decoded.Cols, decoded.Channels(), decoded.Depth(), out NativeImage image).ThrowIfFailed();
        using Mat target = Over(image);
        decoded.CopyTo(target);
    }

    /// <exception cref="InvalidDataException">OpenCV does not write the format, or not with such pixels.</exception>
    internal static void Encode(NativeImage image, string extension, nint result)
    {
        using Mat source = Over(image);
        if (!Cv2.ImEncode(extension, source, out byte[] bytes))
        {
            throw new InvalidDataException($"OpenCV cannot write this picture as {extension}");
        }

        ImageNative.caffe_image_allocate(result, 1, bytes.Length, 1, MatType.CV_8U, out NativeImage row).ThrowIfFailed();
        bytes.CopyTo(new Span<byte>((void*)row.Pixels, bytes.Length));
    }

    internal static void Resize(NativeImage from, NativeImage to, int interpolation)
    {
        using Mat source = Over(from);
        using Mat target = Over(to);
        Cv2.Resize(source, target, target.Size(), 0, 0, (InterpolationFlags)interpolation);
    }

    private static Mat Over(NativeImage image) => Mat.FromPixelData(
        image.Height, image.Width, MatType.MakeType(image.Depth, image.Channels), image.Pixels, image.Step);
}
