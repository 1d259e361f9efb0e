using Mtcnn.Faces;

namespace Mtcnn.Cascade.Boxes;

/// <summary>A box on its way through a stage, with what the network said about it.</summary>
/// <param name="Box">The box as it is by now.</param>
/// <param name="Score">The face probability.</param>
/// <param name="Offsets">The correction of the box that the network saw.</param>
/// <param name="Landmarks">The landmarks, from 48net; else all zero.</param>
internal readonly record struct Candidate(Box Box, float Score, BoxOffsets Offsets, Landmarks Landmarks = default);
