namespace Mtcnn.Training.Records;

/// <summary>A small text file that is replaced whole: a kill or a full disk leaves the old one or the new one.</summary>
internal static class RecordFile
{
    /// <summary>Writes the text and an end of line.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
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
