using Mtcnn.Models;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli.Support;

/// <summary>Copies of the original weights, for tests that damage or move them.</summary>
internal static class OriginalModels
{
    private static ModelLocator Locator => new(SharedFiles.Of("models"));

    /// <summary>Copies the models to a new folder under their names.</summary>
    public static void CopyTo(string folder, params IEnumerable<OriginalModel> models)
    {
        Directory.CreateDirectory(folder);
        foreach (OriginalModel model in models)
        {
            File.Copy(Locator.Find(model)!, Path.Combine(folder, model.FileName));
        }
    }
}
