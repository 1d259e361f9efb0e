namespace Mtcnn.Training.Records;

/// <summary>Writes small text files atomically: after a crash or with a full disk, the file has either the old or the new content.</summary>
internal static class RecordFile
{
    /// <summary>Writes the text and an end of line.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static void Write(string path, string text)
    {
        string unfinished = path + ".part";
        using (FileStream stream = new(unfinished, FileMode.Create, FileAccess.Write))
        using (StreamWriter writer = new(stream))
        {
            writer.Write(text + "\n");
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
