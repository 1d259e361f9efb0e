using Mtcnn.Training.Crops;

namespace Mtcnn.Training.Preparation;

/// <summary>Adds up what became of the pictures since the last record. Members may be called from any thread.</summary>
internal sealed class PictureCounter(PreparationRecord begun, IProgress<PreparationProgress>? progress)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, PictureOutcome> _outcomes = [];
    private int _pictures = begun.Done;
    private long _crops = begun.Counts.Values.Sum();

    /// <summary>Adds a picture.</summary>
    public void Add(int index, PictureOutcome outcome)
    {
        lock (_gate)
        {
            _outcomes.Add(index, outcome);
            _pictures++;
            _crops += outcome.Counts.Values.Sum();
            progress?.Report(new PreparationProgress(_pictures, begun.Pictures, _crops));
        }
    }

    /// <summary>The record of everything up to a picture, and begins anew.</summary>
    public PreparationRecord RecordOf(PreparationRecord before, int done)
    {
        lock (_gate)
        {
            Dictionary<CropKind, long> counts = new(before.Counts);
            foreach ((CropKind kind, long count) in _outcomes.Values.SelectMany(outcome => outcome.Counts))
            {
                counts[kind] = counts.GetValueOrDefault(kind) + count;
            }

            PreparationRecord record = before with
            {
                Done = done,
                Unread = before.Unread + _outcomes.Values.Count(outcome => outcome.IsUnread),
                Counts = counts,
                Problems = [.. before.Problems, .. _outcomes.Values.SelectMany(outcome => outcome.Problems)],
            };
            _outcomes.Clear();
            return record;
        }
    }
}
