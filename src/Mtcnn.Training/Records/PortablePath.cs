namespace Mtcnn.Training.Records;

/// <summary>Converts paths for the records of a run, so that they stay valid if the run's folder is moved or renamed.</summary>
internal static class PortablePath
{
    /// <summary>Returns a path relative to a folder if the folder contains it; otherwise the full path.</summary>
    public static string In(string folder, string path)
    {
        string seen = Path.GetRelativePath(folder, path);
        return Path.IsPathRooted(seen) || seen.Split(Path.DirectorySeparatorChar)[0] == ".." ? Path.GetFullPath(path) : seen;
    }
}
