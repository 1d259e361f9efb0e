namespace Mtcnn.Training.Records;

/// <summary>Paths in the records of a run, which hold where the run's folder is moved, or named otherwise.</summary>
internal static class PortablePath
{
    /// <summary>A path as seen from a folder where it lies in it; else in full.</summary>
    public static string In(string folder, string path)
    {
        string seen = Path.GetRelativePath(folder, path);
        return Path.IsPathRooted(seen) || seen.Split(Path.DirectorySeparatorChar)[0] == ".." ? Path.GetFullPath(path) : seen;
    }
}
