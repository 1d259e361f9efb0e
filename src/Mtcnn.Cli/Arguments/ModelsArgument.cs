using System.CommandLine;

using Mtcnn.Cli.Terminal;
using Mtcnn.Models;

namespace Mtcnn.Cli.Arguments;

/// <summary>The option --models.</summary>
internal sealed class ModelsArgument
{
    public Option<string?> Option { get; } = new("--models")
    {
        Description = "The folder with the caffemodels. Default: the standard folders, see `mtcnn models --help`.",
        HelpName = "DIR",
    };

    /// <summary>Returns a locator for the given folder, or for the standard folders.</summary>
    public ModelLocator Read(ParseResult parseResult) => new(parseResult.GetValue(Option));

    /// <summary>Returns the files that a detector needs. Writes a message to standard error if this project's own weights replace missing originals.</summary>
    /// <exception cref="ModelException">The files are not found.</exception>
    public ModelFiles Locate(ParseResult parseResult, bool withLandmarks)
    {
        ModelFiles files = Read(parseResult).Locate(withLandmarks);
        if (files.AreSubstitutes)
        {
            ErrorReport.Line(
                $"the original weights were not found; using this project's own weights in {Path.GetDirectoryName(files.Output)}. "
                + $"To download the originals, run: {ModelLocator.FetchCommand}");
        }

        return files;
    }
}
