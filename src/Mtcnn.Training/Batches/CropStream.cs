using Mtcnn.Training.Crops;

namespace Mtcnn.Training.Batches;

/// <summary>
/// Crops of some kinds from stores, without end. The stores are read side by side in the order of their keys, in proportion to their size, and a block of crops
/// at a time is shuffled, by the seed, again in each round. So what comes at a place depends on the seed and the stores alone, and only a block is in memory.
/// One thread uses it at a time.
/// </summary>
internal sealed class CropStream : IDisposable
{
    // Of the largest crops 28 MB.
    private const int BlockCrops = 4096;

    private readonly IReadOnlyList<CropRange> _ranges;
    private readonly CropKind[] _kinds;
    private readonly ulong _seed;
    private readonly List<Crop> _block = new(BlockCrops);
    private IEnumerator<Crop>? _reader;
    private ulong _round;
    private ulong _blockIndex;
    private int _at;
    private long _readInRound;
    private long? _roundLength;

    /// <param name="ranges">What is read; the stores stay the caller's.</param>
    /// <param name="kinds">Which crops are given.</param>
    /// <param name="seed">Of the shuffling.</param>
    internal CropStream(IReadOnlyList<CropRange> ranges, CropKind[] kinds, ulong seed)
    {
        _ranges = ranges;
        _kinds = kinds;
        _seed = seed;
    }

    /// <summary>The next crop.</summary>
    /// <exception cref="RunException">There is none.</exception>
    internal Crop Next()
    {
        if (_at == _block.Count)
        {
            long skipped = 0;
            ReadBlock(ref skipped);
        }

        return _block[_at++];
    }

    /// <summary>Continues as if so many crops had been taken from a new stream.</summary>
    internal void SkipFromStart(long crops)
    {
        for (long left = crops; left > 0;)
        {
            if (_at == _block.Count)
            {
                ReadBlock(ref left);
            }

            int step = (int)Math.Min(left, _block.Count - _at);
            _at += step;
            left -= step;
        }
    }

    public void Dispose() => _reader?.Dispose();

    /// <param name="skipped">How many crops are not wanted; whole rounds of them are left out where a round's length is known.</param>
    private void ReadBlock(ref long skipped)
    {
        _block.Clear();
        _at = 0;
        _reader ??= Crops().GetEnumerator();
        Fill();
        if (_block.Count == 0)
        {
            NextRound();
            Fill();
        }

        if (_blockIndex == 0 && _roundLength is { } length)
        {
            _round += (ulong)(skipped / length);
            skipped %= length;
        }

        Shuffle();
        _blockIndex++;
    }

    private void Fill()
    {
        while (_block.Count < BlockCrops && _reader!.MoveNext())
        {
            _block.Add(_reader.Current);
        }

        _readInRound += _block.Count;
    }

    private void NextRound()
    {
        if (_readInRound == 0)
        {
            throw new RunException($"{string.Join(", ", _ranges.Select(range => range.Store.Path))}: there are no crops of the kind {string.Join(" or ", _kinds)}.");
        }

        _roundLength = _readInRound;
        _readInRound = 0;
        _blockIndex = 0;
        _round++;
        _reader!.Dispose();
        _reader = Crops().GetEnumerator();
    }

    /// <summary>By a stream of the block's own, so that a block can be shuffled without those before it.</summary>
    private void Shuffle()
    {
        SplitMix random = SplitMix.Of(_seed, _round, _blockIndex);
        for (int last = _block.Count - 1; last > 0; last--)
        {
            int other = random.NextBelow(last + 1);
            (_block[last], _block[other]) = (_block[other], _block[last]);
        }
    }

    /// <summary>One round. The next record is of the store of which the smallest share was read.</summary>
    private IEnumerable<Crop> Crops()
    {
        IEnumerator<Crop>[] readers = [.. _ranges.Select(range => range.Read().GetEnumerator())];
        try
        {
            long[] read = new long[readers.Length];
            long total = _ranges.Sum(range => range.Count);
            for (long done = 0; done < total; done++)
            {
                int next = 0;
                for (int candidate = 1; candidate < readers.Length; candidate++)
                {
                    if ((double)(read[candidate] + 1) / _ranges[candidate].Count < (double)(read[next] + 1) / _ranges[next].Count)
                    {
                        next = candidate;
                    }
                }

                if (!readers[next].MoveNext())
                {
                    throw new RunException($"{_ranges[next].Store.Path}: the store ends before its {_ranges[next].Count} crops.");
                }

                read[next]++;
                if (_kinds.Contains(readers[next].Current.Kind))
                {
                    yield return readers[next].Current;
                }
            }
        }
        finally
        {
            Array.ForEach(readers, reader => reader.Dispose());
        }
    }
}
