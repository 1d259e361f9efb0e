using Mtcnn.Cli.Terminal;
using Mtcnn.Models;

using Spectre.Console;

namespace Mtcnn.Cli.Weights;

/// <summary>Runs `mtcnn models list`.</summary>
internal static class ModelsList
{
    public static int Run(ModelLocator locator)
    {
        using Stream output = StandardOutput.Open();
        Table table = Tables.Create("Model", "Purpose", "Status", "File", "SHA-256 of the original");
        foreach (OriginalModel model in ModelCatalog.All)
        {
            ModelVerification found = ModelVerifier.Verify(model, locator);
            string? own = found.Status == ModelStatus.Missing ? locator.FindOwn(model) : null;
            table.AddPlainRow(
                model.Name, model.Purpose, Describe(found.Status) + (own is null ? "" : "; this project's own weights are used instead"), found.Path ?? own ?? "", model.Sha256);
        }

        Tables.Write(table, output);
        return ExitCode.Success;
    }

    private static string Describe(ModelStatus status) => status switch
    {
        ModelStatus.Original => "original",
        ModelStatus.OtherModel => "another model",
        ModelStatus.Unknown => "not the original",
        ModelStatus.Trained => "trained weights, intact",
        ModelStatus.Empty => "empty",
        _ => "missing",
    };
}
