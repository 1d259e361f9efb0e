using Mtcnn.Training.Crops;

namespace Mtcnn.Training.Preparation;

/// <summary>Adds up the outcomes of the images since the last record. Thread-safe.</summary>
internal sealed class ImageCounter(PreparationRecord begun, IProgress<PreparationProgress>? progress)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, ImageOutcome> _outcomes = [];
    private int _images = begun.Done;
    private long _crops = begun.Counts.Values.Sum();

    /// <summary>Adds an image.</summary>
    public void Add(int index, ImageOutcome outcome)
    {
        lock (_gate)
        {
            _outcomes.Add(index, outcome);
            _images++;
            _crops += outcome.Counts.Values.Sum();
            progress?.Report(new PreparationProgress(_images, begun.Images, _crops));
        }
    }

    /// <summary>Returns the record of all images up to an image, and resets the counter.</summary>
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
