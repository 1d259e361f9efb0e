using Mtcnn.Cascade.Boxes;

namespace Mtcnn.Cascade.Profiles;

/// <summary>A cell of 12net's output that looks like a face.</summary>
/// <param name="X">The cell's column, from 0.</param>
/// <param name="Y">The cell's row, from 0.</param>
/// <param name="Columns">How many columns the level's output has.</param>
/// <param name="Rows">How many rows the level's output has.</param>
/// <param name="Scale">The scale of the level (see <see cref="PyramidLevel"/>).</param>
/// <param name="Offsets">The cell's correction of its window.</param>
internal readonly record struct ProposalCell(int X, int Y, int Columns, int Rows, double Scale, BoxOffsets Offsets);
