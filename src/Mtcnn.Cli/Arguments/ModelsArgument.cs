using System.CommandLine;

using Mtcnn.Models;

namespace Mtcnn.Cli.Arguments;

/// <summary>--models.</summary>
internal sealed class ModelsArgument
{
    public Option<string?> Option { get; } = new("--models")
    {
        Description = "Folder with the caffemodels. Default: the usual places; `mtcnn models` lists them.",
        HelpName = "DIR",
    };

    /// <summary>A search in the folder given, or in the usual places.</summary>
    public ModelLocator Read(ParseResult parseResult) => new(parseResult.GetValue(Option));
}
