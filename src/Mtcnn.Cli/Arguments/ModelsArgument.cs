using System.CommandLine;

using Mtcnn.Cli.Terminal;
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

    /// <summary>The files that a detector needs. Says on standard error where this project's own weights stand in for the originals.</summary>
    /// <exception cref="ModelException">They are not found.</exception>
    public ModelFiles Locate(ParseResult parseResult, bool withLandmarks)
    {
        ModelFiles files = Read(parseResult).Locate(withLandmarks);
        if (files.AreSubstitutes)
        {
            ErrorReport.Line(
                $"the original weights were not found; using this project's own, of {Path.GetDirectoryName(files.Output)}. "
                + $"The originals: {ModelLocator.FetchCommand}");
        }

        return files;
    }
}
