namespace Mtcnn.Training.Crops;

/// <summary>The files of a folder of crops.</summary>
internal sealed class CropFiles(string path)
{
    private const string WholeName = "prepared.json";

    /// <summary>The path of the folder, as given.</summary>
    public string Path => path;

    /// <summary>The store of positives and negatives.</summary>
    public string Classification => Of("cls");

    /// <summary>The store of positives and parts, with their offsets.</summary>
    public string Offsets => Of("roi");

    /// <summary>The store of landmark crops.</summary>
    public string Points => Of("pts");

    /// <summary>The record of a complete folder.</summary>
    public PreparationFile Whole => new(path, WholeName);

    /// <summary>The record of an incomplete folder.</summary>
    public PreparationFile Begun => new(path, "preparing.json");

    /// <summary>Gets the file that describes a folder of crops. It exists if the folder is complete.</summary>
    public static string WholeOf(string folder) => System.IO.Path.Combine(folder, WholeName);

    /// <summary>Deletes the stores of tasks without crops, because layers cannot read an empty store.</summary>
    public void DeleteEmptyStores(IReadOnlyDictionary<CropKind, long> counts)
    {
        bool hasPositives = counts.ContainsKey(CropKind.Positive);
        DeleteUnless(hasPositives || counts.ContainsKey(CropKind.Negative), Classification);
        DeleteUnless(hasPositives || counts.ContainsKey(CropKind.Part), Offsets);
        DeleteUnless(counts.ContainsKey(CropKind.Landmark), Points);
    }

    /// <summary>Marks the folder as complete. This is the last write.</summary>
    public void WriteWhole(PreparationRecord record)
    {
        Whole.Write(record);
        Begun.Delete();
    }

    /// <summary>Creates the folder.</summary>
    /// <exception cref="CropException">The folder contains other files, or cannot be created.</exception>
    public void Make()
    {
        try
        {
            _ = Directory.CreateDirectory(path);
            if (Directory.EnumerateFileSystemEntries(path).Any())
            {
                throw new CropException($"{path}: this folder contains other files. Name a new folder, or one that mtcnn prepare created.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CropException($"{path}: the folder of crops cannot be created: {exception.Message}", exception);
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
}
