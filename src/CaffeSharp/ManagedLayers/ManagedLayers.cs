using System.Collections.Concurrent;

namespace CaffeSharp;

/// <summary>The layers in C# that a prototxt can name, in a layer of type "Python" or "Managed", by the module and layer of
/// its python_param. All members may be called from any thread.</summary>
public static class ManagedLayers
{
    private static readonly ConcurrentDictionary<(string Module, string Layer), Func<ManagedLayer>> s_factories = new();

    /// <summary>What is registered, as "module.layer", sorted.</summary>
    public static IReadOnlyList<string> Registered =>
        [.. s_factories.Keys.Select(key => FullName(key.Module, key.Layer)).Order(StringComparer.Ordinal)];

    /// <summary>Makes a class known. Another registration of the same names takes its place for nets made from then on.</summary>
    /// <typeparam name="T">The class; each layer of each net gets its own object.</typeparam>
    /// <param name="module">The module in python_param; may be empty.</param>
    /// <param name="layer">The layer in python_param.</param>
    /// <exception cref="ArgumentException">The layer has no name.</exception>
    public static void Register<T>(string module, string layer)
        where T : ManagedLayer, new() => Register(module, layer, () => new T());

    /// <summary>Makes a class known that is not made by a constructor without parameters.</summary>
    /// <param name="module">The module in python_param; may be empty.</param>
    /// <param name="layer">The layer in python_param.</param>
    /// <param name="create">Makes a new object each time; called on the thread that makes the net.</param>
    /// <exception cref="ArgumentException">The layer has no name.</exception>
    public static void Register(string module, string layer, Func<ManagedLayer> create)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentException.ThrowIfNullOrEmpty(layer);
        ArgumentNullException.ThrowIfNull(create);
        s_factories[(module, layer)] = create;
    }

    /// <summary>A new object for one layer of a net.</summary>
    internal static ManagedLayer Create(string module, string layer)
    {
        if (!s_factories.TryGetValue((module, layer), out Func<ManagedLayer>? create))
        {
            string wanted = layer.Length == 0
                ? "python_param names no layer"
                : $"no C# class is registered for '{FullName(module, layer)}' (python_param)";
            throw new UnregisteredLayerException(
                $"{wanted}; register it with ManagedLayers.Register before the net is made." +
                $"{NearestName.Suggestion(FullName(module, layer), Registered)}");
        }

        ManagedLayer made = create()
            ?? throw new InvalidOperationException($"The factory of layer '{FullName(module, layer)}' made nothing.");
        made.Claim();
        return made;
    }

    private static string FullName(string module, string layer) => module.Length == 0 ? layer : $"{module}.{layer}";
}
