namespace Mtcnn.Faces;

/// <summary>A box and how likely a face is in it: what a stage of the cascade gives to the next.</summary>
/// <param name="Box">The box, in pixels of the image; may leave the image.</param>
/// <param name="Score">The face probability from 0 to 1, by the last network that judged the box.</param>
public readonly record struct ScoredBox(Box Box, float Score);
