namespace Mtcnn.Cli.Inputs;

/// <summary>One image to read, or the reason why it cannot be found.</summary>
/// <param name="Name">The path as given, or as found below the folder or pattern given; "-" for standard input.</param>
/// <param name="Error">Why there is no image (no such file, a folder that cannot be listed); null if there is one.</param>
internal sealed record InputSource(string Name, string? Error = null)
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInputName = "-";

    public bool IsStandardInput => Name == StandardInputName;
}
