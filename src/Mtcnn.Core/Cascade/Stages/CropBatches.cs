using System.Numerics;
using Mtcnn.Faces;
using Mtcnn.Pixels;

namespace Mtcnn.Cascade.Stages;

/// <summary>Spreads crops of an image over the nets of an executor, batch by batch. One caller at a time.</summary>
internal sealed class CropBatches
{
    private readonly IExecutor<CropRunner> _executor;
    private readonly BatchSize _size;
    private readonly CropOutput[] _outputs;
    private readonly float[][] _results;
    private readonly Action<CropRunner, int> _runBatch;
    private IReadOnlyList<ScoredBox> _boxes = [];
    private BgrImage? _image;
    private int _batches;

    /// <param name="executor">Runs the batches.</param>
    /// <param name="size">How many crops run together.</param>
    /// <param name="outputs">What the net gives.</param>
    public CropBatches(IExecutor<CropRunner> executor, BatchSize size, CropOutput[] outputs)
    {
        _executor = executor;
        _size = size;
        _outputs = outputs;
        _results = Array.ConvertAll(outputs, _ => Array.Empty<float>());
        _runBatch = RunBatch;
    }

    /// <summary>Runs the net over one crop a box.</summary>
    /// <exception cref="ArgumentException">A box holds no pixel.</exception>
    public void Run(BgrImage image, IReadOnlyList<ScoredBox> boxes)
    {
        for (int i = 0; i < _outputs.Length; i++)
        {
            int values = boxes.Count * _outputs[i].Values;
            if (_results[i].Length < values)
            {
                _results[i] = new float[BitOperations.RoundUpToPowerOf2((uint)values)];
            }
        }

        _image = image;
        _boxes = boxes;
        _batches = _size.BatchesOf(boxes.Count);
        try
        {
            _executor.Run(_batches, _runBatch);
        }
        finally
        {
            _image = null;
        }
    }

    /// <summary>The values of an output for all boxes of the last run, box after box.</summary>
    public ReadOnlySpan<float> Values(int output) => _results[output].AsSpan(0, _boxes.Count * _outputs[output].Values);

    private void RunBatch(CropRunner runner, int batch)
    {
        (int first, int count) = _size.PartOf(_boxes.Count, _batches, batch);
        runner.Run(_image!, _boxes, first, count, _results);
    }
}
