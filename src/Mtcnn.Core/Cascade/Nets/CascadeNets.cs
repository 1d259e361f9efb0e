using CaffeSharp;
using Mtcnn.Models;

namespace Mtcnn.Cascade.Nets;

/// <summary>
/// One set of the cascade's networks with their weights. A set serves one thread at a time; <see cref="Share"/> makes further
/// sets that use the same weights in memory.
/// </summary>
public sealed class CascadeNets : IDisposable
{
    private readonly NetOptions _options;
    private readonly List<Net> _nets = [];

    private CascadeNets(NetOptions options)
    {
        _options = options;
    }

    /// <summary>12net.</summary>
    public Net Proposal => _nets[0];

    /// <summary>24net.</summary>
    public Net Refinement => _nets[1];

    /// <summary>48net.</summary>
    public Net Output => _nets[2];

    /// <summary>The landmark net; null if it was not asked for.</summary>
    public Net? Landmarks => _nets.Count > 3 ? _nets[3] : null;

    /// <summary>Makes the nets and reads their weights.</summary>
    /// <param name="models">The files of weights. The landmark net is loaded where its file is named.</param>
    /// <param name="device">Where the nets run.</param>
    /// <param name="engine">What runs their layers on the CPU.</param>
    /// <exception cref="ModelException">A file is missing, unreadable, corrupt or another network's; the message says which and what to do.</exception>
    /// <exception cref="CaffeException">The device cannot be used.</exception>
    public static CascadeNets Load(ModelFiles models, Device device, Engine engine = Engine.Accelerated)
    {
        string[] files = [models.Proposal, models.Refinement, models.Output, .. models.Landmarks is { } landmarks ? [landmarks] : Array.Empty<string>()];
        return LoadFirst(files, device, engine);
    }

    /// <summary>Makes the first nets alone, as a cascade in training has them: one per file. The others must not be asked for.</summary>
    /// <inheritdoc cref="Load"/>
    internal static CascadeNets LoadFirst(IReadOnlyList<string> files, Device device, Engine engine)
    {
        // An image is spread over threads by those who run the nets.
        NetOptions options = new() { Device = device, Engine = engine, EngineThreads = 1 };
        return Make(options, files.Count, (index, net) =>
        {
            NetWeights.Load(net, NetworkDefinition.All[index], files[index]);

            // A first run brings the weights to the device, before nets that share them run on several threads.
            net.Forward();
        });
    }

    /// <summary>How many nets there are, from 12net on.</summary>
    internal int Count => _nets.Count;

    /// <summary>Makes another set that uses the same weights. It may outlive this one.</summary>
    public CascadeNets Share() => Make(_options, _nets.Count, (index, net) => net.ShareWith(_nets[index]));

    /// <inheritdoc/>
    public void Dispose() => _nets.ForEach(net => net.Dispose());

    private static CascadeNets Make(NetOptions options, int count, Action<int, Net> giveWeights)
    {
        CascadeNets made = new(options);
        try
        {
            for (int i = 0; i < count; i++)
            {
                NetworkDefinition definition = NetworkDefinition.All[i];
                made._nets.Add(Net.FromText(definition.Prototxt, options, definition.FileName));
                giveWeights(i, made._nets[i]);
            }

            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }
}
