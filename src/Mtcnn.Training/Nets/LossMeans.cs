using CaffeSharp;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Nets;

/// <summary>Computes the means of a solver's losses since the last reset.</summary>
internal sealed class LossMeans
{
    private readonly Tally[] _tallies;

    /// <param name="solver">The solver to observe.</param>
    internal LossMeans(Solver solver)
    {
        string[] names = [TrainableNet.ClassificationLoss, TrainableNet.OffsetLoss, TrainableNet.PointLoss];
        _tallies =
        [
            .. names.Select(name => solver.Net.Outputs.TryGetValue(name, out Blob? loss)
                ? new Tally(loss, solver.Net.LossWeight(name))
                : new Tally(null, 0)),
        ];
        solver.GradientsReady += (_, _) => Array.ForEach(_tallies, tally => tally.Add());
    }

    /// <summary>The current means; null before the first iteration.</summary>
    internal TrainingLosses? Value => _tallies[0].Iterations == 0
        ? null
        : new(_tallies.Sum(tally => tally.Weighted), _tallies[0].Mean, _tallies[1].Mean, _tallies[2].Mean);

    /// <summary>Returns the means and resets them.</summary>
    internal TrainingLosses Take()
    {
        TrainingLosses taken = Value ?? new(0, null, null, null);
        Array.ForEach(_tallies, tally => tally.Clear());
        return taken;
    }

    private sealed class Tally(Blob? loss, float weight)
    {
        private double _sum;
        private int _batches;

        internal int Iterations { get; private set; }

        /// <summary>The mean over the batches with the task. The loss of other batches is exactly 0.</summary>
        internal double? Mean => _batches == 0 ? null : _sum / _batches;

        internal double Weighted => Iterations == 0 ? 0 : weight * _sum / Iterations;

        internal void Add()
        {
            Iterations++;
            if (loss is not null && loss.Data.Span[0] is var value and not 0)
            {
                _sum += value;
                _batches++;
            }
        }

        internal void Clear()
        {
            Iterations = 0;
            _batches = 0;
            _sum = 0;
        }
    }
}
