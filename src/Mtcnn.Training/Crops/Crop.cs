namespace Mtcnn.Training.Crops;

/// <summary>A square cut out of an image, as a network sees it; for the landmark net, the five patches of a face.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Side">The side of the square or of each patch in pixels: 12, 24 or 48.</param>
/// <param name="Pixels">
/// Its 8-bit pixels, red, green and blue plane one after the other, each transposed as the networks were trained: pixel <c>(x, y)</c> of channel c is at
/// <c>(c * Side + x) * Side + y</c>. A network takes <c>(p - 127.5) / 128</c>. Five patches are one after the other, in the order of the landmarks.
/// </param>
/// <param name="Targets">What a network should say about it.</param>
public sealed record Crop(CropKind Kind, int Side, ReadOnlyMemory<byte> Pixels, CropTargets Targets)
{
    /// <summary>Three, or three for each patch.</summary>
    public int Channels => Side > 0 ? Pixels.Length / (Side * Side) : 0;
}
