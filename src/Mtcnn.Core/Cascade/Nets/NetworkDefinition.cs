using System.Reflection;

namespace Mtcnn.Cascade.Nets;

/// <summary>A network's deploy definition, as it comes with this library.</summary>
/// <param name="Name">The network's name, as in <c>12net</c>.</param>
/// <param name="Prototxt">The definition in Caffe's prototxt syntax.</param>
public sealed record NetworkDefinition(string Name, string Prototxt)
{
    /// <summary>The name of the file that the definition comes from, for messages.</summary>
    public string FileName => $"{Name}.prototxt";

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>12net: proposes windows.</summary>
    public static NetworkDefinition Proposal { get; } = Read("12net");

    /// <summary>24net: judges and corrects proposed windows.</summary>
    public static NetworkDefinition Refinement { get; } = Read("24net");

    /// <summary>48net: the last judgement, with landmarks.</summary>
    public static NetworkDefinition Output { get; } = Read("48net");

    /// <summary>The landmark net: moves each landmark within a patch around it.</summary>
    public static NetworkDefinition Landmarks { get; } = Read("landmarks");

    /// <summary>All four.</summary>
    public static IReadOnlyList<NetworkDefinition> All { get; } = [Proposal, Refinement, Output, Landmarks];

    private static NetworkDefinition Read(string name)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.prototxt")!;
        using StreamReader reader = new(resource);
        return new NetworkDefinition(name, reader.ReadToEnd());
    }
}
