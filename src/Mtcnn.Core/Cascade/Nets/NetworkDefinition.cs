namespace Mtcnn.Detection;

/// <summary>A network's deploy definition, as it comes with this library.</summary>
/// <param name="Name">The network's name, as in <c>12net</c>.</param>
/// <param name="Prototxt">The definition in Caffe's prototxt syntax.</param>
public sealed record NetworkDefinition(string Name, string Prototxt)
{
    /// <summary>The name of the file that the definition comes from, for messages.</summary>
    public string FileName => $"{Name}.prototxt";

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
