using System.Runtime.Intrinsics;

namespace Mtcnn.Sampling;

/// <summary>Makes the rows of a tile of a resampled image, from top to bottom.</summary>
internal interface IRowSampler
{
    /// <summary>Makes one row.</summary>
    /// <param name="row">The row in the whole resampled image.</param>
    /// <param name="pixels">Takes the tile's pixels of the row: the three channels in the image's order, and a lane without meaning.</param>
    void WriteRow(int row, Span<Vector128<float>> pixels);
}
