namespace Mtcnn.Training.Crops;

/// <summary>The files of a folder of crops.</summary>
internal sealed class CropFiles(string path)
{
    private const string WholeName = "prepared.json";

    /// <summary>Its path, as it was given.</summary>
    public string Path => path;

    /// <summary>The store of positives and negatives.</summary>
    public string Classification => Of("cls");

    /// <summary>The store of positives and parts, with their offsets.</summary>
    public string Offsets => Of("roi");

    /// <summary>The store of landmark crops.</summary>
    public string Points => Of("pts");

    /// <summary>What the folder says about itself once it is whole.</summary>
    public PreparationFile Whole => new(path, WholeName);

    /// <summary>What the folder says about itself while it is not whole.</summary>
    public PreparationFile Begun => new(path, "preparing.json");

    /// <summary>The small file that says what is in a folder of crops; it is there where the folder is whole.</summary>
    public static string WholeOf(string folder) => System.IO.Path.Combine(folder, WholeName);

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
        Whole.Write(record);
        Begun.Delete();
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
}
