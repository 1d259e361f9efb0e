using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Mtcnn.Training.Records;

/// <summary>
/// The record of work that can be stopped and resumed: a small JSON file with the options and input files that the work was started with, and its
/// progress. Resuming with other options or files is refused, so that results are never mixed. A write replaces the whole file.
/// </summary>
/// <typeparam name="T">The type of the record.</typeparam>
/// <param name="path">The file.</param>
/// <param name="type">The JSON metadata of the type.</param>
internal abstract class ResumableRecord<T>(string path, JsonTypeInfo<T> type)
    where T : class
{
    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>How to fix a damaged record, as a sentence.</summary>
    protected abstract string Remedy { get; }

    /// <summary>Reads the record; null if the work was never started.</summary>
    /// <exception cref="Exception">The file is damaged or cannot be read; the type is that of <see cref="Failure"/>.</exception>
    public T? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), type) ?? throw new JsonException("It holds null.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            throw Failure($"{path}: the record is damaged: {exception.Message} {Remedy}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure($"{path}: the record cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the record and checks that the work can be resumed; null if the work was never started.</summary>
    /// <param name="now">The record for the current options and files.</param>
    /// <exception cref="Exception">Options or files have changed, or the file is damaged; the type is that of <see cref="Failure"/>.</exception>
    public T? Resume(T now)
    {
        T? before = Read();
        if (before is null)
        {
            return null;
        }

        string[] changes = [.. OptionDifferences.Between(OptionsOf(before), OptionsOf(now)), .. OptionDifferences.BetweenFiles(FilesOf(before), FilesOf(now))];
        return changes.Length == 0 ? before : throw Failure(Refusal(before, now, string.Join("; ", changes)), null);
    }

    /// <summary>Writes the record. After a crash or with a full disk, the file has either the old or the new content.</summary>
    /// <exception cref="Exception">It cannot be written; the type is that of <see cref="Failure"/>.</exception>
    public void Write(T record)
    {
        try
        {
            RecordFile.Write(path, JsonSerializer.Serialize(record, type));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure($"{path}: the record cannot be written: {exception.Message} Previously written files are kept. Repeat the call to resume.", exception);
        }
    }

    /// <summary>Deletes the record, if there is one.</summary>
    public void Delete()
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <summary>The options that determine the result.</summary>
    protected abstract JsonObject OptionsOf(T record);

    /// <summary>The SHA-256 of each file that determines the result, by path, if the options do not contain it.</summary>
    protected virtual IReadOnlyDictionary<string, string> FilesOf(T record) => new Dictionary<string, string>();

    /// <summary>Returns the error message for changed options.</summary>
    /// <param name="before">The existing record.</param>
    /// <param name="now">The record for the current options and files.</param>
    /// <param name="changes">A description of the changes.</param>
    protected abstract string Refusal(T before, T now, string changes);

    /// <summary>Creates the exception for the kind of work.</summary>
    protected abstract Exception Failure(string message, Exception? cause);
}
