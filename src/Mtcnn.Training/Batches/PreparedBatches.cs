using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Batches;

/// <summary>Creates training batches from prepared folders. The contents of a batch depend only on the options, the stores and the iteration. Not thread-safe.
/// </summary>
internal sealed class PreparedBatches : IDisposable
{
    // Purposes of the random streams.
    private const ulong TaskDraw = 1;
    private const ulong RowDraw = 2;
    private const ulong StreamDraw = 3;

    private readonly NetTrainingOptions _options;
    private readonly CropWriter _writer;

    // Whether a row may have targets of every kind.
    private readonly bool _isMixed;

    // The parts of a batch by task; one entry for mixed batches.
    private readonly BatchPart[][] _tasks;

    /// <exception cref="RunException">The folders lack crops that the options require.</exception>
    internal PreparedBatches(PreparedCrops crops, NetTrainingOptions options)
    {
        _options = options;
        _writer = new CropWriter(options.Augmentation, options.Side);
        CropShares shares = options.Shares;
        TrainableNet net = TrainableNet.Of(options.Net);
        _isMixed = options.Composition == BatchComposition.Mixed || !net.HasBoxes;
        Channels = net.Channels;
        if (!net.HasBoxes)
        {
            _tasks = [Parts((Stream(crops.Points, CropKind.Landmark), 1))];
        }
        else if (_isMixed)
        {
            _tasks =
            [
                Parts(
                    (Stream(crops.Classification, CropKind.Negative), shares.Negatives),
                    (Stream(crops.Offsets, CropKind.Positive), shares.Positives),
                    (Stream(crops.Offsets, CropKind.Part), shares.Parts),
                    (Stream(crops.Points, CropKind.Landmark), net.HasPoints ? shares.Landmarks : 0)),
            ];
        }
        else
        {
            _tasks =
            [
                Parts(
                    (Stream(crops.Classification, CropKind.Negative), shares.Negatives),
                    (Stream(crops.Classification, CropKind.Positive), shares.Positives)),
                Parts((Stream(crops.Offsets, CropKind.Positive, CropKind.Part), 1)),
                .. net.HasPoints ? [Parts((Stream(crops.Points, CropKind.Landmark), 1))] : Array.Empty<BatchPart[]>(),
            ];
        }
    }

    internal int BatchSize => _options.BatchSize;

    internal int Side => _options.Side;

    internal int Channels { get; }

    /// <summary>Moves to an iteration, as if the batches before it had been created.</summary>
    internal void SkipTo(long iteration)
    {
        long[] batches = new long[_tasks.Length];
        for (long before = 0; before < iteration; before++)
        {
            batches[TaskOf(before)]++;
        }

        for (int task = 0; task < _tasks.Length; task++)
        {
            foreach (BatchPart part in _tasks[task])
            {
                part.Crops.SkipFromStart(batches[task] * part.Rows);
            }
        }
    }

    /// <summary>Creates the batch of an iteration. Iterations must be requested in order.</summary>
    /// <exception cref="RunException">The crops cannot be read.</exception>
    internal void Fill(TrainingBatch batch, long iteration)
    {
        batch.ClearTargets();
        int task = TaskOf(iteration);
        bool classifies = _isMixed || task == 0;
        bool regresses = _isMixed || task != 0;
        int row = 0;
        foreach (BatchPart part in _tasks[task])
        {
            for (int left = part.Rows; left > 0; left--, row++)
            {
                Crop crop = part.Crops.Next();
                _writer.Write(crop, regresses, batch, row, SplitMix.Of(_options.Seed, RowDraw, (ulong)iteration, (ulong)row));
                if (classifies && crop.Kind is CropKind.Negative or CropKind.Positive)
                {
                    batch.Labels[row] = (int)crop.Kind;
                }
            }
        }
    }

    public void Dispose()
    {
        foreach (BatchPart part in _tasks.SelectMany(parts => parts))
        {
            part.Crops.Dispose();
        }
    }

    private int TaskOf(long iteration) =>
        _tasks.Length == 1 ? 0 : SplitMix.Of(_options.Seed, TaskDraw, (ulong)iteration).NextBelow(_tasks.Length);

    private CropStream Stream(IReadOnlyList<CropRange> ranges, params CropKind[] kinds) =>
        new(ranges, kinds, SplitMix.Of([_options.Seed, StreamDraw, .. kinds.Select(kind => (ulong)(long)kind)]).Next());

    /// <summary>Distributes the rows by the shares, with the largest remainder method.</summary>
    private BatchPart[] Parts(params (CropStream Crops, double Share)[] parts)
    {
        double total = parts.Sum(part => part.Share);
        if (total <= 0)
        {
            throw new RunException("All shares of crops in a batch are 0. At least one must be above 0.");
        }

        double[] exact = [.. parts.Select(part => part.Share / total * _options.BatchSize)];
        int[] rows = [.. exact.Select(count => (int)count)];
        foreach (int part in Enumerable.Range(0, parts.Length).OrderByDescending(part => exact[part] - rows[part]).Take(_options.BatchSize - rows.Sum()))
        {
            rows[part]++;
        }

        return [.. parts.Select((part, at) => new BatchPart(part.Crops, rows[at])).Where(part => part.Rows > 0)];
    }

    private sealed record BatchPart(CropStream Crops, int Rows);
}
