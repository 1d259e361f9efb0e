namespace Mtcnn.Data;

/// <summary>A square cut out of a picture, as a network sees it.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Side">Its side in pixels: 12, 24 or 48.</param>
/// <param name="Pixels">
/// Its 8-bit pixels, red, green and blue plane one after the other, each transposed as the networks were trained: pixel <c>(x, y)</c> of channel c is at
/// <c>(c * Side + x) * Side + y</c>. A network takes <c>(p - 127.5) / 128</c>.
/// </param>
/// <param name="Targets">What a network should say about it.</param>
public sealed record Crop(CropKind Kind, int Side, ReadOnlyMemory<byte> Pixels, CropTargets Targets);
