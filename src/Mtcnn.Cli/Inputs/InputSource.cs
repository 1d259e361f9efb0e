namespace Mtcnn.Cli.Inputs;

/// <summary>One thing to be read as an image, or the reason why there is none.</summary>
/// <param name="Name">The path as given, or as found below the folder or pattern given; "-" for standard input.</param>
/// <param name="Error">Why nothing can be read here (no such file, folder that cannot be listed); null otherwise.</param>
internal sealed record InputSource(string Name, string? Error = null)
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInputName = "-";

    public bool IsStandardInput => Name == StandardInputName;
}
