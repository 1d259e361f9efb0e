using Mtcnn.Training.Batches;

namespace Mtcnn.Tests.Training;

/// <summary>Batches of one task each, as in the reference. The numbers are random, but the same for the same side.</summary>
/// <param name="side">The side of the crops.</param>
/// <param name="firstTask">The task of the first batch: 0 for label, 1 for offsets, 2 for points. The other tasks follow in turn.</param>
internal sealed class RandomBatches(int side, int firstTask) : IBatchSource
{
    private readonly Random _random = new(side);
    private readonly TrainingBatch _batch = new(64, side);
    private int _task = firstTask;

    public int BatchSize => _batch.Size;

    public int Side => side;

    public TrainingBatch NextBatch()
    {
        _batch.ClearTargets();
        Fill(_batch.Data, () => (_random.NextSingle() * 2) - 1);
        switch (_task++ % 3)
        {
            case 0:
                Fill(_batch.Labels, () => _random.Next(2));
                break;
            case 1:
                Fill(_batch.Offsets, _random.NextSingle);
                break;
            default:
                Fill(_batch.Points, _random.NextSingle);
                break;
        }

        return _batch;
    }

    private static void Fill(Span<float> values, Func<float> next)
    {
        foreach (ref float value in values)
        {
            value = next();
        }
    }
}
