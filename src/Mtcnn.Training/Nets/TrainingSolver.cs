using System.Globalization;
using CaffeSharp;
using CaffeSharp.Messages;
using Mtcnn.Training.Batches;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Layers;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Nets;

/// <summary>Creates Caffe's solver for the options of a training.</summary>
internal static class TrainingSolver
{
    // Purposes of the random streams. Batches use separate streams.
    private const ulong DropoutDraw = 100;

    /// <summary>Creates the solver's definition, with the training net and the values of the options.</summary>
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

    /// <summary>Creates the solver.</summary>
    /// <param name="options">The options of the training.</param>
    /// <param name="folder">The folder of the training, for messages.</param>
    /// <param name="snapshotPrefix">The prefix of snapshots' names.</param>
    /// <param name="batches">The source of batches, which is not disposed.</param>
    /// <exception cref="CaffeException">There is no such solver, or it rejects the values.</exception>
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

    /// <summary>A seed for each iteration makes dropout identical in a resumed training.</summary>
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
