namespace Mtcnn.Models;

/// <summary>One file of original weights, as its authors published it.</summary>
/// <param name="Name">What it is called here, as in <c>12net</c>.</param>
/// <param name="Purpose">What the network does, in a few words.</param>
/// <param name="Size">The file's length in bytes.</param>
/// <param name="Sha256">The SHA-256 of the file, 64 lower-case hexadecimal digits.</param>
/// <param name="RelativePaths">Where the file lies in a folder of models: its own name first, then the names and folders of the upstream repositories.</param>
/// <param name="Sources">Where it can be downloaded: repositories at a pinned commit, the first choice first.</param>
public sealed record OriginalModel(
    string Name, string Purpose, long Size, string Sha256, IReadOnlyList<string> RelativePaths, IReadOnlyList<Uri> Sources)
{
    /// <summary>The file's name in a flat folder, as in <c>12net.caffemodel</c>.</summary>
    public string FileName => RelativePaths[0];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
