using Mtcnn.Faces;

namespace Mtcnn.Tests.Support;

/// <summary>A face of the reference implementation.</summary>
/// <param name="Face">The face without refinement.</param>
/// <param name="Refined">The landmarks after the fourth net, if it was run.</param>
public sealed record GoldenFace(Face Face, Landmarks? Refined);
