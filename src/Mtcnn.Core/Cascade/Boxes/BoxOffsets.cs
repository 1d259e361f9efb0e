namespace Mtcnn.Cascade.Boxes;

/// <summary>
/// A network's correction of a box: how far each edge of the face lies from that edge of the box, in box widths (left,
/// right) and heights (top, bottom). Positive is right and down.
/// </summary>
/// <param name="Left">Of the left edge, in widths.</param>
/// <param name="Top">Of the top edge, in heights.</param>
/// <param name="Right">Of the right edge, in widths.</param>
/// <param name="Bottom">Of the bottom edge, in heights.</param>
public readonly record struct BoxOffsets(float Left, float Top, float Right, float Bottom);
