namespace CaffeSharp;

/// <summary>The mean of the last losses, by the arithmetic of Caffe's Solver::UpdateSmoothedLoss, rounding included.</summary>
internal sealed class SmoothedLoss(int window)
{
    private readonly List<float> _losses = [];

    internal float Value { get; private set; }

    /// <param name="loss">The loss of an iteration.</param>
    /// <param name="index">Which iteration of this run it is, from 0.</param>
    internal void Add(float loss, int index)
    {
        if (_losses.Count < window)
        {
            _losses.Add(loss);
            int size = _losses.Count;
            Value = ((Value * (size - 1)) + loss) / size;
        }
        else
        {
            int oldest = index % window;
            Value += (loss - _losses[oldest]) / window;
            _losses[oldest] = loss;
        }
    }
}
