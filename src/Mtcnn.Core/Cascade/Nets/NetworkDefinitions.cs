using System.Reflection;

namespace Mtcnn.Detection;

/// <summary>
/// The deploy definitions of the four networks, which take the original weights and give what the original definitions
/// give. Their blobs and shapes are told at the top of each definition.
/// </summary>
public static class NetworkDefinitions
{
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
