using Mtcnn.Training.Crops;

namespace Mtcnn.Training.Batches;

/// <summary>
/// An endless stream of crops of some kinds. The stores are read in parallel in the order of their keys, in proportion to their size, and blocks of crops
/// are shuffled with the seed, differently in each round. The order depends only on the seed and the stores, and only one block is in memory.
/// One thread uses it at a time.
/// </summary>
internal sealed class CropStream : IDisposable
{
    // 28 MB for the largest crops.
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

    /// <param name="ranges">The ranges to read. The stores are not disposed.</param>
    /// <param name="kinds">The kinds of crops to return.</param>
    /// <param name="seed">The seed for shuffling.</param>
    internal CropStream(IReadOnlyList<CropRange> ranges, CropKind[] kinds, ulong seed)
    {
        _ranges = ranges;
        _kinds = kinds;
        _seed = seed;
    }

    /// <summary>Returns the next crop.</summary>
    /// <exception cref="RunException">The stores contain no crop of the kinds.</exception>
    internal Crop Next()
    {
        if (_at == _block.Count)
        {
            long skipped = 0;
            ReadBlock(ref skipped);
        }

        return _block[_at++];
    }

    /// <summary>Moves to the position after a number of crops from the start of the stream.</summary>
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

    /// <param name="skipped">The number of crops to skip. Whole rounds are skipped without reading if the length of a round is known.</param>
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
            throw new RunException($"{string.Join(", ", _ranges.Select(range => range.Store.Path))}: the stores contain no crops of kind {string.Join(" or ", _kinds)}.");
        }

        _roundLength = _readInRound;
        _readInRound = 0;
        _blockIndex = 0;
        _round++;
        _reader!.Dispose();
        _reader = Crops().GetEnumerator();
    }

    /// <summary>Shuffles a block with a separate random stream, so that it does not depend on previous blocks.</summary>
    private void Shuffle()
    {
        SplitMix random = SplitMix.Of(_seed, _round, _blockIndex);
        for (int last = _block.Count - 1; last > 0; last--)
        {
            int other = random.NextBelow(last + 1);
            (_block[last], _block[other]) = (_block[other], _block[last]);
        }
    }

    /// <summary>Reads one round. The next record comes from the store of which the smallest share was read.</summary>
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
