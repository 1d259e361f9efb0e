using CaffeSharp;

namespace Mtcnn.Training.Layers;

/// <summary>The layers that this library's own training definitions name, and the reference's.</summary>
internal static class TrainingLayers
{
    private const string Module = "mtcnn";

    /// <summary>Registers the layers.</summary>
    internal static void Register()
    {
        ReferenceLayers.Register();
        ManagedLayers.Register<BatchLayer>(Module, "Batch");
        ManagedLayers.Register<HardestRowsLayer>(Module, "HardestRows");
        ManagedLayers.Register(Module, "Distance", () => new DistanceLayer(onlyRowsWithTargets: true));
    }
}
