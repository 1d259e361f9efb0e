namespace Mtcnn.Training.Annotations;

/// <summary>When a detected box counts as a marked face.</summary>
public enum MatchRule
{
    /// <summary>The boxes overlap: intersection over union of at least 0.4.</summary>
    BoxOverlap,

    /// <summary>The detected box is around the middle of the marked points. For sets that mark one face per image.</summary>
    AroundMiddle,

    /// <summary>The detected box is around every marked point.</summary>
    AroundPoints,
}
