using CaffeSharp;
using Mtcnn.Training.Batches;

namespace Mtcnn.Training.Layers;

/// <summary>
/// The layers that the reference's training definitions name (module <c>pythonLayer</c>), so that they run unchanged. Rows without a task's label give that
/// task no gradient. All members may be called from any thread.
/// </summary>
/// <example><code>
/// ReferenceLayers.Register();
/// using (ReferenceLayers.Feed(batches))
/// {
///     solver = Solver.FromFile("12net/solver.prototxt");
/// }
/// </code></example>
public static class ReferenceLayers
{
    /// <summary>The module in the definitions' python_param.</summary>
    public const string Module = "pythonLayer";

    /// <summary>Makes the classes known: <c>Data_Layer_train</c>, <c>cls_Layer</c>, <c>cls_Layer_fc</c> and <c>regression_Layer</c>. May be called again.</summary>
    public static void Register()
    {
        ManagedLayers.Register<BatchLayer>(Module, "Data_Layer_train");
        ManagedLayers.Register(Module, "cls_Layer", () => new ClassificationBridgeLayer(keepsAxes: false));
        ManagedLayers.Register(Module, "cls_Layer_fc", () => new ClassificationBridgeLayer(keepsAxes: true));
        ManagedLayers.Register(Module, "regression_Layer", () => new DistanceLayer(onlyRowsWithTargets: false));
    }

    /// <summary>Gives the data layers of nets that are made before the result is disposed, on this thread or in what is awaited here, their batches from a
    /// source. They keep it; trainings side by side have a source each.</summary>
    /// <param name="batches">The source. It is not disposed.</param>
    public static IDisposable Feed(IBatchSource batches) => new BatchFeed(batches);
}
