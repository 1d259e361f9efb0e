using System.Globalization;
using CaffeSharp;
using CaffeSharp.Messages;
using Mtcnn.Training.Batches;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Layers;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Nets;

/// <summary>Caffe's solver, as the options of a training want it.</summary>
internal static class TrainingSolver
{
    // Which of a training's random streams a seed is for; the batches have others.
    private const ulong DropoutDraw = 100;

    /// <summary>The solver's definition, with the training definition and the numbers of the options in it.</summary>
    internal static SolverParameter Define(NetTrainingOptions options)
    {
        SolverParameter parameter = new()
        {
            NetParam = DefineNet(options),
            MaxIter = options.Iterations,
            RandomSeed = options.Seed,
            SnapshotAfterTrain = false,
        };
        options.Learning.WriteTo(parameter, options.Iterations);
        return parameter;
    }

    /// <summary>The solver.</summary>
    /// <param name="options">The training's.</param>
    /// <param name="folder">What messages begin with.</param>
    /// <param name="snapshotPrefix">What the names of snapshots begin with.</param>
    /// <param name="batches">Where its net gets its batches; the caller's.</param>
    /// <exception cref="CaffeException">There is no such solver, or it does not take the numbers.</exception>
    internal static Solver Make(NetTrainingOptions options, string folder, string snapshotPrefix, IBatchSource batches)
    {
        SolverParameter parameter = Define(options);
        parameter.SnapshotPrefix = Path.GetFullPath(snapshotPrefix);
        TrainingLayers.Register();
        using IDisposable feed = ReferenceLayers.Feed(batches);
        Solver solver = Solver.FromParameter(
            parameter, new SolverOptions { Engine = options.Engine, EngineThreads = options.Threads },
            Path.Combine(Path.GetFullPath(folder), TrainableNet.Of(options.Net).TrainName));
        solver.IterationStarting += (_, _) => solver.SetRandomSeed(DropoutSeed(options, solver.Iteration));
        return solver;
    }

    /// <summary>With a seed for each iteration, dropout is the same in a training that continues.</summary>
    internal static uint DropoutSeed(NetTrainingOptions options, int iteration) =>
        (uint)SplitMix.Of(options.Seed, DropoutDraw, (ulong)iteration).Next();

    private static NetParameter DefineNet(NetTrainingOptions options)
    {
        TrainableNet net = TrainableNet.Of(options.Net);
        NetParameter definition = Prototxt.Parse<NetParameter>(net.ReadTrainPrototxt(), $"{net.TrainName}.prototxt");
        foreach (LayerParameter layer in definition.Layer)
        {
            switch (layer.Name)
            {
                case TrainableNet.HardestLayer:
                    layer.PythonParam.ParamStr = options.HardShare.ToString(CultureInfo.InvariantCulture);
                    break;
                case TrainableNet.ClassificationLoss:
                    layer.LossWeight[0] = options.LossWeights.Classification;
                    break;
                case TrainableNet.OffsetLoss:
                    layer.LossWeight[0] = options.LossWeights.Offsets;
                    break;
                case TrainableNet.PointLoss:
                    layer.LossWeight[0] = options.LossWeights.Points;
                    break;
                default:
                    break;
            }
        }

        return definition;
    }
}
