using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Mtcnn.Training.Records;

/// <summary>
/// The record of work that can be stopped and resumed: a small JSON file that says with which options and from which files the work was begun, and how far it
/// is. Work that is resumed with other options or files is refused, so that two results never mix. A write replaces the whole file.
/// </summary>
/// <typeparam name="T">What the file holds.</typeparam>
/// <param name="path">The file.</param>
/// <param name="type">How it is written as JSON.</param>
internal abstract class ResumableRecord<T>(string path, JsonTypeInfo<T> type)
    where T : class
{
    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>What to do about a damaged record, as a sentence.</summary>
    protected abstract string Remedy { get; }

    /// <summary>The record; null where the work was never begun.</summary>
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

    /// <summary>The record, where it may be resumed as is asked for now; null where the work was never begun.</summary>
    /// <param name="now">The record as it would be begun now.</param>
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

    /// <summary>Writes the record. A kill or a full disk leaves the old one or the new one.</summary>
    /// <exception cref="Exception">It cannot be written; the type is that of <see cref="Failure"/>.</exception>
    public void Write(T record)
    {
        try
        {
            RecordFile.Write(path, JsonSerializer.Serialize(record, type));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure($"{path}: the record cannot be written: {exception.Message} What was written before stays; the same call resumes.", exception);
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

    /// <summary>The options that decide the result.</summary>
    protected abstract JsonObject OptionsOf(T record);

    /// <summary>The SHA-256 of each file that decides the result, by path, where the options do not hold it.</summary>
    protected virtual IReadOnlyDictionary<string, string> FilesOf(T record) => new Dictionary<string, string>();

    /// <summary>The message that refuses changed options.</summary>
    /// <param name="before">The record that is there.</param>
    /// <param name="now">The record as it would be begun now.</param>
    /// <param name="changes">What has changed, in words.</param>
    protected abstract string Refusal(T before, T now, string changes);

    /// <summary>The exception of the work.</summary>
    protected abstract Exception Failure(string message, Exception? cause);
}
