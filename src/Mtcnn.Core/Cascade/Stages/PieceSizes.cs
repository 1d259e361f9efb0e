using CaffeSharp;

namespace Mtcnn.Cascade.Stages;

/// <summary>Into what pieces the work on an image is cut: what suits those who run the nets, as measured.</summary>
/// <param name="Tile">A tile of a pyramid level.</param>
/// <param name="Refinement">Crops for 24net.</param>
/// <param name="Output">Crops for 48net.</param>
internal sealed record PieceSizes(TileSize Tile, BatchSize Refinement, BatchSize Output)
{
    /// <summary>For Caffe, whose intermediate blobs of a tile should stay in a cache, and for those who are like it.</summary>
    public static PieceSizes ForCaffe { get; } = new(
        new TileSize(64, 128),
        new BatchSize(Smallest: 8, RefinementStage.LargestBatch),
        new BatchSize(Smallest: 4, OutputStage.LargestBatch));

    /// <summary>For the accelerated engine, which requires long columns, and crops in groups that fill its lanes.</summary>
    public static PieceSizes ForAccelerated { get; } = new(
        new TileSize(128, 1024),
        new BatchSize(Smallest: 8, Largest: 32, Lanes: 16),
        new BatchSize(Smallest: 4, Largest: 32, Lanes: 16));

    /// <summary>For a net of Caffe's, by what runs it.</summary>
    public static PieceSizes For(Net net) => net.Engine == Engine.Accelerated && net.Device == Device.Cpu ? ForAccelerated : ForCaffe;
}
