using Mtcnn.Training.Nets;

namespace Mtcnn.Training.Stages;

/// <summary>Paths in the records of a run, which hold where the run's folder is moved, or named otherwise.</summary>
internal static class PortablePath
{
    /// <summary>A path as seen from a folder where it lies in it; else in full.</summary>
    public static string In(string folder, string path)
    {
        string seen = Path.GetRelativePath(folder, path);
        return Path.IsPathRooted(seen) || seen.Split(Path.DirectorySeparatorChar)[0] == ".." ? Path.GetFullPath(path) : seen;
    }

    /// <summary>A training's options with all paths that lie beside the training's folder as seen from there.</summary>
    /// <param name="folder">The training's.</param>
    /// <param name="options">Its options.</param>
    public static NetTrainingOptions Beside(string folder, NetTrainingOptions options)
    {
        string beside = Path.GetFullPath(Path.Combine(folder, ".."));
        return options with
        {
            Crops = [.. options.Crops.Select(path => In(beside, path))],
            ValidationCrops = [.. options.ValidationCrops.Select(path => In(beside, path))],
            InitialWeights = options.InitialWeights is { } weights ? In(beside, weights) : null,
        };
    }
}
