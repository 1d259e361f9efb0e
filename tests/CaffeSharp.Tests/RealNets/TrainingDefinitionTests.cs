using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.RealNets;

/// <summary>The definitions and solvers for training that come with Caffe. Their data do not: an Input stands for each data
/// layer.</summary>
public sealed class TrainingDefinitionTests : LeakGate
{
    private const int Batch = 2;

    // Values of one row of the data, where no crop says.
    private static readonly Dictionary<string, long[]> s_shapes = new(StringComparer.Ordinal)
    {
        ["lenet_train_test"] = [1, 28, 28],
        ["mnist_autoencoder"] = [1, 28, 28],
        ["mnist_siamese_train_test"] = [2, 28, 28],
        ["cifar10_quick_train_test"] = [3, 32, 32],
        ["cifar10_full_train_test"] = [3, 32, 32],
        ["cifar10_full_sigmoid_train_test"] = [3, 32, 32],
        ["cifar10_full_sigmoid_train_test_bn"] = [3, 32, 32],
    };

    public static TheoryData<string> Small =>
        [.. CaffeTree.Nets.Select(CaffeTree.Relative).Where(path => s_shapes.ContainsKey(Path.GetFileNameWithoutExtension(path)))];

    public static TheoryData<string> Large => [.. CaffeTree.Nets.Select(CaffeTree.Relative).Where(
        path => path.StartsWith("models", StringComparison.Ordinal) && path.EndsWith("train_val.prototxt", StringComparison.Ordinal))];

    public static TheoryData<string> Solvers => [.. CaffeTree.Solvers.Select(CaffeTree.Relative)];

    [Theory]
    [MemberData(nameof(Small))]
    public void Small_net_trains(string path)
    {
        NetParameter definition = WithInputs(path);
        SolverParameter parameter = new()
        {
            TrainNetParam = definition,
            BaseLr = 1e-4f,
            LrPolicy = "fixed",
            MaxIter = 2,
            RandomSeed = 3,
            SnapshotAfterTrain = false,
        };
        using Solver solver = Solver.FromParameter(parameter);
        Feed(solver.Net);
        float[] before = Weights(solver.Net);
        Assert.True(float.IsFinite(solver.Step(2)));
        Assert.NotEqual(before, Weights(solver.Net));
    }

    [Theory]
    [MemberData(nameof(Large))]
    public void Large_net_runs_forward_and_backward(string path)
    {
        NetParameter definition = WithInputs(path);
        foreach (LayerParameter layer in definition.Layer.Where(layer => layer.Type == "InnerProduct"))
        {
            // Sixty million random numbers would take most of the test's time.
            layer.InnerProductParam.WeightFiller = new() { Value = 1e-3f };
        }

        using Net net = Net.FromParameter(definition, new() { Phase = Phase.Train, Seed = 3 }, path);
        Feed(net);
        Assert.True(float.IsFinite(net.Forward()));
        net.Backward();
        Assert.Contains(net.Parameters.First().Value[0].Diff.Span.ToArray(), value => value != 0);
    }

    [Theory]
    [MemberData(nameof(Solvers))]
    public void Solver_is_read_whatever_its_age(string path)
    {
        SolverParameter solver = UpgradeProto.Solver(Prototxt.ReadFile<SolverParameter>(CaffeTree.File(path)));
        Assert.True(solver.BaseLr > 0);
        Assert.Contains(solver.Type, (string[])["SGD", "Nesterov", "AdaGrad", "RMSProp", "AdaDelta", "Adam"]);
        string net = solver.HasNet ? solver.Net : solver.TrainNet;
        Assert.True(solver.NetParam is not null || net.EndsWith(".prototxt", StringComparison.Ordinal));
    }

    private static NetParameter WithInputs(string path)
    {
        NetParameter definition = UpgradeProto.Net(Prototxt.ReadFile<NetParameter>(CaffeTree.File(path)));
        List<LayerParameter> layers = [.. definition.Layer.Where(IsOfTraining)];
        definition.Layer.Clear();
        foreach (LayerParameter layer in layers)
        {
            if (!layer.Type.EndsWith("Data", StringComparison.Ordinal))
            {
                definition.Layer.Add(layer);
                continue;
            }

            long side = layer.TransformParam?.CropSize ?? 0;
            long[] row = side > 0 ? [3, side, side] : s_shapes[Path.GetFileNameWithoutExtension(path)];
            LayerParameter input = new() { Name = layer.Name, Type = "Input", Top = { layer.Top }, InputParam = new() };
            input.InputParam.Shape.Add(Shape.Of([Batch, .. row]));
            input.InputParam.Shape.Add(layer.Top.Skip(1).Select(_ => Shape.Of(Batch)));
            definition.Layer.Add(input);
        }

        return definition;
    }

    private static bool IsOfTraining(LayerParameter layer) =>
        layer.Include.All(rule => !rule.HasPhase || rule.Phase == CaffeSharp.Messages.Phase.Train) &&
        layer.Include.All(rule => rule.Stage.Count == 0);

    private static void Feed(Net net)
    {
        Random random = new(9);
        foreach (Blob input in net.Inputs)
        {
            bool isLabel = input.Axes == 1;
            foreach (ref float value in input.MutableData.Span)
            {
                value = isLabel ? random.Next(2) : random.NextSingle();
            }
        }
    }

    private static float[] Weights(Net net) =>
        [.. net.Parameters.Values.SelectMany(parameters => parameters).SelectMany(blob => blob.ToArray())];
}
