namespace CaffeSharp.Tests.ManagedLayers;

/// <summary>Data_Layer_train of the reference's training nets: 64 crops of one task an iteration, the other tasks' labels -1.
/// The numbers are random, the same for the same seed.</summary>
/// <param name="side">Of the crops.</param>
/// <param name="firstTask">Of the first iteration: 0 for label, 1 for roi, 2 for pts; the others follow in turn.</param>
internal sealed class TrainingBatchLayer(int side, int firstTask) : ManagedLayer
{
    internal const int BatchSize = 64;

    private readonly Random _random = new(side);
    private int _iteration = firstTask;

    protected override void SetUp(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops) => Assert.Equal(4, tops.Count);

    protected override void Reshape(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        tops[0].Reshape(BatchSize, 3, side, side);
        tops[1].Reshape(BatchSize, 1);
        tops[2].Reshape(BatchSize, 4);
        tops[3].Reshape(BatchSize, 10);
    }

    protected override void Forward(IReadOnlyList<Blob> bottoms, IReadOnlyList<Blob> tops)
    {
        Fill(tops[0], () => (_random.NextSingle() * 2) - 1);
        int task = _iteration++ % 3;
        for (int top = 1; top < tops.Count; top++)
        {
            bool drawn = top == task + 1;
            Func<float> label = top == 1 ? () => _random.Next(2) : _random.NextSingle;
            Fill(tops[top], drawn ? label : () => -1);
        }
    }

    protected override void Backward(
        IReadOnlyList<Blob> tops, IReadOnlyList<bool> propagateDown, IReadOnlyList<Blob> bottoms)
    {
    }

    private static void Fill(Blob blob, Func<float> value)
    {
        foreach (ref float element in blob.MutableData.Span)
        {
            element = value();
        }
    }
}
