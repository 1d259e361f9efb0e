using CaffeSharp;
using Mtcnn.Cascade.Boxes;
using Mtcnn.Training.Batches;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Nets;

/// <summary>Validates a net during training, in the same way as the detector runs it. Not thread-safe.</summary>
internal sealed class Validator : IDisposable
{
    private const int BatchSize = 128;
    private const double Failure = 0.1;

    // Keeps the loss of a wrong classification with probability 1 finite.
    private const double SmallestProbability = 1e-10;

    private readonly TrainableNet _net;
    private readonly Net _trained;
    private readonly Net _deploy;
    private readonly TrainingBatch _batch;
    private readonly CropWriter _writer;
    private readonly List<Crop> _classified;
    private readonly List<Crop> _regressed;
    private readonly List<Crop> _pointed;

    /// <param name="options">The options of the training.</param>
    /// <param name="trained">The net in training, which is not disposed.</param>
    /// <param name="crops">The crops for validation. The constructor reads them.</param>
    internal Validator(NetTrainingOptions options, Net trained, PreparedCrops crops)
    {
        _net = TrainableNet.Of(options.Net);
        _trained = trained;
        _batch = new TrainingBatch(BatchSize, options.Side, _net.Channels);
        _writer = new CropWriter(CropAugmentation.None, options.Side);
        _classified = Take(crops.Classification, options.ValidationLimit, CropKind.Negative, CropKind.Positive);
        _regressed = Take(crops.Offsets, options.ValidationLimit, CropKind.Positive, CropKind.Part);
        _pointed = _net.HasPoints ? Take(crops.Points, options.ValidationLimit, CropKind.Landmark) : [];
        _deploy = Net.FromText(
            _net.Deploy.Prototxt, new NetOptions { Engine = options.Engine, EngineThreads = options.Threads }, _net.Deploy.FileName);
        _deploy.Inputs["data"].Reshape(BatchSize, _net.Channels, options.Side, options.Side);
        _deploy.Reshape();
    }

    /// <summary>Validates the current weights.</summary>
    internal NetValidation Run(CancellationToken stop)
    {
        _deploy.ShareWith(_trained);
        ClassificationTally classification = new(_net.Threshold);
        OffsetTally offsets = new();
        PointTally points = new(inPatches: !_net.HasBoxes);
        Run(_classified, ["prob1"], (crop, output) => classification.Add(crop.Kind == CropKind.Positive, output[1]), stop);
        Run(_regressed, [_net.Offsets!], (crop, output) => offsets.Add(crop.Targets.Offsets!.Value, output), stop);
        Run(_pointed, _net.Points, (crop, output) => points.Add(crop.Targets.Points!, output), stop);

        return points.WriteTo(offsets.WriteTo(classification.WriteTo(new NetValidation())));
    }

    public void Dispose() => _deploy.Dispose();

    private static List<Crop> Take(IReadOnlyList<CropRange> ranges, int limit, params CropKind[] kinds)
    {
        List<Crop> taken = [];
        foreach (CropRange range in ranges)
        {
            // The same number from each store.
            int[] left = [.. kinds.Select(_ => Math.Max(1, limit / ranges.Count))];
            foreach (Crop crop in range.Read())
            {
                int kind = Array.IndexOf(kinds, crop.Kind);
                if (kind >= 0 && left[kind]-- > 0)
                {
                    taken.Add(crop);
                }
                else if (Array.TrueForAll(left, count => count <= 0))
                {
                    break;
                }
            }
        }

        return taken;
    }

    /// <summary>Reads the first values of all blobs, then the second values.</summary>
    private void Run(List<Crop> crops, IReadOnlyList<string> blobs, RowReader read, CancellationToken stop)
    {
        float[] answer = [];
        for (int first = 0; first < crops.Count; first += BatchSize)
        {
            stop.ThrowIfCancellationRequested();
            int rows = Math.Min(BatchSize, crops.Count - first);
            for (int row = 0; row < rows; row++)
            {
                _writer.Write(crops[first + row], withTargets: false, _batch, row, default);
            }

            _batch.Data.CopyTo(_deploy.Inputs["data"].MutableData);
            _deploy.Forward(stop);
            Blob[] outputs = [.. blobs.Select(blob => _deploy.Blobs[blob])];
            int width = outputs[0].Count / BatchSize;
            Array.Resize(ref answer, width * outputs.Length);
            for (int row = 0; row < rows; row++)
            {
                for (int at = 0; at < answer.Length; at++)
                {
                    answer[at] = outputs[at % outputs.Length].Data.Span[(row * width) + (at / outputs.Length)];
                }

                read(crops[first + row], answer);
            }
        }
    }

    private delegate void RowReader(Crop crop, ReadOnlySpan<float> output);

    private sealed class ClassificationTally(double threshold)
    {
        private readonly int[] _crops = new int[2];
        private readonly int[] _passed = new int[2];
        private int _right;
        private double _loss;

        internal void Add(bool isFace, float probability)
        {
            int kind = isFace ? 1 : 0;
            _crops[kind]++;
            _passed[kind] += probability >= threshold ? 1 : 0;
            _right += isFace == probability >= 0.5 ? 1 : 0;
            _loss -= Math.Log(Math.Max(isFace ? probability : 1 - probability, SmallestProbability));
        }

        internal NetValidation WriteTo(NetValidation validation)
        {
            int all = _crops[0] + _crops[1];
            return validation with
            {
                ClassifiedCrops = all,
                ClassificationLoss = Mean(_loss, all),
                Accuracy = Mean(_right, all),
                Recall = Mean(_passed[1], _crops[1]),
                FalsePositiveRate = Mean(_passed[0], _crops[0]),
            };
        }
    }

    private sealed class OffsetTally
    {
        private int _crops;
        private double _loss;

        internal void Add(BoxOffsets truth, ReadOnlySpan<float> output)
        {
            _crops++;
            _loss += SquaredDistance([truth.Left, truth.Top, truth.Right, truth.Bottom], output) / 2;
        }

        internal NetValidation WriteTo(NetValidation validation) => validation with { RegressedCrops = _crops, OffsetLoss = Mean(_loss, _crops) };
    }

    private sealed class PointTally(bool inPatches)
    {
        private int _crops;
        private int _failures;
        private double _loss;
        private double _error;

        internal void Add(IReadOnlyList<float> truth, ReadOnlySpan<float> output)
        {
            const int Points = TrainingBatch.PointCount / 2;
            double unit = inPatches ? 1 : double.Hypot(truth[0] - truth[1], truth[Points] - truth[Points + 1]);
            double sum = 0;
            for (int point = 0; point < Points; point++)
            {
                sum += double.Hypot(truth[point] - output[point], truth[Points + point] - output[Points + point]);
            }

            double error = sum / Points / unit;
            _crops++;
            _loss += SquaredDistance(truth, output) / 2;
            _error += error;
            _failures += error > Failure ? 1 : 0;
        }

        internal NetValidation WriteTo(NetValidation validation) => validation with
        {
            LandmarkCrops = _crops,
            PointLoss = Mean(_loss, _crops),
            LandmarkError = Mean(_error, _crops),
            LandmarkFailures = Mean(_failures, _crops),
        };
    }

    private static double? Mean(double sum, int count) => count == 0 ? null : sum / count;

    private static double SquaredDistance(IReadOnlyList<float> truth, ReadOnlySpan<float> output)
    {
        double sum = 0;
        for (int at = 0; at < output.Length; at++)
        {
            double distance = (double)truth[at] - output[at];
            sum += distance * distance;
        }

        return sum;
    }
}
