namespace Mtcnn.Cascade.Stages;

/// <summary>The most cells of 12net along the sides of a tile; both are even.</summary>
/// <param name="Columns">From left to right.</param>
/// <param name="Rows">From top to bottom.</param>
internal readonly record struct TileSize(int Columns, int Rows);
