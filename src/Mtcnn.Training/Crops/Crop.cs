namespace Mtcnn.Training.Crops;

/// <summary>A square region of an image at a network's input size, or the five patches of a face for the landmark net.</summary>
/// <param name="Kind">The kind of the crop.</param>
/// <param name="Side">The side of the square or of each patch in pixels: 12, 24 or 48.</param>
/// <param name="Pixels">
/// Its 8-bit pixels: the red, green and blue planes in this order, each transposed as in the networks' training. Pixel <c>(x, y)</c> of channel c is at
/// <c>(c * Side + x) * Side + y</c>. The input of a network is <c>(p - 127.5) / 128</c>. Five patches are stored in the order of the landmarks.
/// </param>
/// <param name="Targets">The targets of the crop.</param>
public sealed record Crop(CropKind Kind, int Side, ReadOnlyMemory<byte> Pixels, CropTargets Targets)
{
    /// <summary>The number of planes: three, or three for each patch.</summary>
    public int Channels => Side > 0 ? Pixels.Length / (Side * Side) : 0;
}
