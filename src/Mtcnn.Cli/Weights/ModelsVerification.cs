using Mtcnn.Cli.Terminal;
using Mtcnn.Models;

namespace Mtcnn.Cli.Weights;

/// <summary>Runs `mtcnn models verify`.</summary>
internal static class ModelsVerification
{
    public static int Run(ModelLocator locator)
    {
        using TextWriter output = StandardOutput.OpenText();
        bool allWell = true;
        foreach (OriginalModel model in ModelCatalog.All)
        {
            ModelVerification found = ModelVerifier.Verify(model, locator);
            // Models that only training needs may be missing, but present ones must be valid.
            bool isNeeded = ModelCatalog.Detection.Contains(model);
            allWell &= found.Status == ModelStatus.Original || (!isNeeded && found.Status == ModelStatus.Missing);
            output.WriteLine(found.Description);
        }

        return allWell ? ExitCode.Success : ExitCode.Failure;
    }
}
