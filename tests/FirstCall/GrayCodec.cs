using System.Runtime.InteropServices;
using CaffeSharp;

namespace FirstCall;

/// <summary>A codec of a program's own: every file is one gray pixel, as bright as its number of bytes, by 256.</summary>
internal sealed class GrayCodec : IImageCodec
{
    public void Decode(ReadOnlySpan<byte> encoded, int flags, RawImageAllocator allocate)
    {
        RawImage image = allocate(1, 1, flags == 0 ? 1 : 3, 0);
        for (int channel = 0; channel < image.Channels; channel++)
        {
            Marshal.WriteByte(image.Pixels, channel, (byte)encoded.Length);
        }
    }

    public byte[] Encode(RawImage image, string extension) => throw new InvalidDataException($"{extension} is not written");

    public void Resize(RawImage source, RawImage target, int interpolation) => throw new InvalidDataException("nothing is resized");
}
