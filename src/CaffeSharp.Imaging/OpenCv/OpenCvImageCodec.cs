using OpenCvSharp;

namespace CaffeSharp.Imaging;

/// <summary>Images for Caffe by OpenCV, as OpenCvSharp brings it. CaffeSharp finds it by its name.</summary>
internal sealed class OpenCvImageCodec : IImageCodec
{
    public void Decode(ReadOnlySpan<byte> encoded, int flags, RawImageAllocator allocate)
    {
        OpenCvLibrary.EnsureLoaded();
        try
        {
            using Mat decoded = Cv2.ImDecode(encoded, (ImreadModes)flags);
            if (decoded.Empty())
            {
                throw new InvalidDataException(
                    $"OpenCV finds no image in these {encoded.Length} bytes: damaged, or of a format that it does not know");
            }

            using Mat target = Over(allocate(decoded.Rows, decoded.Cols, decoded.Channels(), decoded.Depth()));
            decoded.CopyTo(target);
        }
        catch (OpenCVException error)
        {
            throw Refusal(error);
        }
    }

    public byte[] Encode(RawImage image, string extension)
    {
        OpenCvLibrary.EnsureLoaded();
        try
        {
            using Mat source = Over(image);
            return Cv2.ImEncode(extension, source, out byte[] bytes)
                ? bytes
                : throw new InvalidDataException($"OpenCV cannot write this image as {extension}");
        }
        catch (OpenCVException error)
        {
            throw Refusal(error);
        }
    }

    public void Resize(RawImage source, RawImage target, int interpolation)
    {
        OpenCvLibrary.EnsureLoaded();
        try
        {
            using Mat from = Over(source);
            using Mat to = Over(target);
            Cv2.Resize(from, to, to.Size(), 0, 0, (InterpolationFlags)interpolation);
        }
        catch (OpenCVException error)
        {
            throw Refusal(error);
        }
    }

    private static InvalidDataException Refusal(OpenCVException error) => new($"OpenCV says: {error.Message}", error);

    private static Mat Over(RawImage image) => Mat.FromPixelData(
        image.Height, image.Width, MatType.MakeType(image.Depth, image.Channels), image.Pixels, image.Stride);
}
