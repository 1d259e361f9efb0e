using System.Text.Json;
using Mtcnn.Training.Files;

namespace Mtcnn.Training.Crops;

/// <summary>The files of a folder of crops.</summary>
internal sealed class CropFiles(string path)
{
    /// <summary>Its path, as it was given.</summary>
    public string Path => path;

    /// <summary>The store of positives and negatives.</summary>
    public string Classification => Of("cls");

    /// <summary>The store of positives and parts, with their offsets.</summary>
    public string Offsets => Of("roi");

    /// <summary>The store of landmark crops.</summary>
    public string Points => Of("pts");

    private string Whole => WholeOf(path);

    private string Begun => Of("preparing.json");

    /// <summary>The small file that says what is in a folder of crops; it is there where the folder is whole.</summary>
    public static string WholeOf(string folder) => System.IO.Path.Combine(folder, "prepared.json");

    /// <summary>What it says about itself where it is whole; null where it is not.</summary>
    /// <exception cref="CropException">The file cannot be read.</exception>
    public PreparationRecord? ReadWhole() => Read(Whole);

    /// <summary>What it says about itself where it was begun; null where it was not.</summary>
    /// <exception cref="CropException">The file cannot be read.</exception>
    public PreparationRecord? ReadBegun() => Read(Begun);

    /// <summary>Keeps how far it is.</summary>
    public void WriteBegun(PreparationRecord record) => Write(Begun, record);

    /// <summary>Deletes the stores of tasks that have no crops: no layer reads an empty one.</summary>
    public void DeleteEmptyStores(IReadOnlyDictionary<CropKind, long> counts)
    {
        bool hasPositives = counts.ContainsKey(CropKind.Positive);
        DeleteUnless(hasPositives || counts.ContainsKey(CropKind.Negative), Classification);
        DeleteUnless(hasPositives || counts.ContainsKey(CropKind.Part), Offsets);
        DeleteUnless(counts.ContainsKey(CropKind.Landmark), Points);
    }

    /// <summary>Says that it is whole. It is the last that is written.</summary>
    public void WriteWhole(PreparationRecord record)
    {
        Write(Whole, record);
        File.Delete(Begun);
    }

    /// <summary>Makes the folder.</summary>
    /// <exception cref="CropException">There is something else in it, or it cannot be made.</exception>
    public void Make()
    {
        try
        {
            _ = Directory.CreateDirectory(path);
            if (Directory.EnumerateFileSystemEntries(path).Any())
            {
                throw new CropException($"{path}: there is something else in this folder. Name a new one, or one that mtcnn prepare made.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CropException($"{path}: the folder of crops cannot be made: {exception.Message}", exception);
        }
    }

    private static void DeleteUnless(bool isUsed, string store)
    {
        if (!isUsed && Directory.Exists(store))
        {
            Directory.Delete(store, recursive: true);
        }
    }

    private string Of(string name) => System.IO.Path.Combine(path, name);

    private static PreparationRecord? Read(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), CropJson.Default.PreparationRecord) ?? throw new JsonException("it is empty");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CropException($"{file}: cannot be read: {exception.Message}. Delete its folder and make the crops anew.", exception);
        }
    }

    private static void Write(string file, PreparationRecord record)
    {
        try
        {
            RecordFile.Write(file, JsonSerializer.Serialize(record, CropJson.Default.PreparationRecord));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CropException($"{file}: cannot be written: {exception.Message} What was written before stays; the same command goes on.", exception);
        }
    }
}
