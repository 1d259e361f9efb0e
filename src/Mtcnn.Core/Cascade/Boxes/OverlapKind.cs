namespace Mtcnn.Cascade.Boxes;

/// <summary>What the intersection of two boxes is held against.</summary>
internal enum OverlapKind
{
    /// <summary>The area of both together: intersection over union (IoU).</summary>
    Union,

    /// <summary>The area of the smaller box, so that a box inside another always overlaps it wholly.</summary>
    Smaller,
}
