using CaffeSharp;
using Mtcnn.Training.Batches;

namespace Mtcnn.Training.Layers;

/// <summary>
/// Registers the layers that the reference's training definitions name (module <c>pythonLayer</c>), so that the definitions run unchanged. Rows without a task's label give that
/// task no gradient. Thread-safe.
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

    /// <summary>Registers the classes <c>Data_Layer_train</c>, <c>cls_Layer</c>, <c>cls_Layer_fc</c> and <c>regression_Layer</c>. Can be called more than once.</summary>
    public static void Register()
    {
        ManagedLayers.Register<BatchLayer>(Module, "Data_Layer_train");
        ManagedLayers.Register(Module, "cls_Layer", () => new ClassificationBridgeLayer(keepsAxes: false));
        ManagedLayers.Register(Module, "cls_Layer_fc", () => new ClassificationBridgeLayer(keepsAxes: true));
        ManagedLayers.Register(Module, "regression_Layer", () => new DistanceLayer(onlyRowsWithTargets: false));
    }

    /// <summary>Sets the source of batches for the data layers of nets that are created before the result is disposed, on this thread or in its asynchronous
    /// calls. The layers keep the source. Concurrent trainings have separate sources.</summary>
    /// <param name="batches">The source, which is not disposed.</param>
    public static IDisposable Feed(IBatchSource batches) => new BatchFeed(batches);
}
