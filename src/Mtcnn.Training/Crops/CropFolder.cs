using System.Text.Json;
using Mtcnn.Training.Options;
using Mtcnn.Training.Preparation;

namespace Mtcnn.Training.Crops;

/// <summary>A complete folder of crops, with a store per task.</summary>
public sealed record CropFolder
{
    private readonly CropFiles _folder;

    private CropFolder(CropFiles folder, PreparationRecord record)
    {
        _folder = folder;
        Net = NetOf(folder, record);
        Seed = (ulong?)record.Plan["seed"] ?? 0;
        Images = record.Images;
        UnreadImages = record.Unread;
        Counts = record.Counts;
        Problems = record.Problems;
    }

    /// <summary>The path of the folder, as given.</summary>
    public string Folder => _folder.Path;

    /// <summary>The net that the crops are for.</summary>
    public TrainedNet Net { get; }

    /// <summary>The side of the crops or patches in pixels.</summary>
    public int Side => Net.Side();

    /// <summary>The random seed of the crops.</summary>
    public ulong Seed { get; }

    /// <summary>The number of images, including unreadable ones.</summary>
    public int Images { get; }

    /// <summary>The number of images that could not be read.</summary>
    public int UnreadImages { get; }

    /// <summary>The number of crops of each kind. Kinds without crops are omitted.</summary>
    public IReadOnlyDictionary<CropKind, long> Counts { get; }

    /// <summary>The images and faces that were left out, one line each, with the file and line that name them.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>The store of positives and negatives; null if there are none.</summary>
    public string? ClassificationPath => PathOf(_folder.Classification);

    /// <summary>The store of positives and parts, with their offsets; null if there are none.</summary>
    public string? OffsetsPath => PathOf(_folder.Offsets);

    /// <summary>The store of landmark crops, with their points; null if there are none.</summary>
    public string? PointsPath => PathOf(_folder.Points);

    /// <summary>Reads the description of a folder of crops.</summary>
    /// <param name="folder">A folder that <see cref="CropPreparation"/> created.</param>
    /// <exception cref="CropException">It is not a folder of crops, or is incomplete; the message says which.</exception>
    public static CropFolder Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        CropFiles files = new(folder);
        return files.Whole.Read() is { } record
            ? new CropFolder(files, record)
            : throw new CropException(files.Begun.Read() is { } begun
                ? $"{folder}: the crops are incomplete: {begun.Done} of {begun.Images} images are done. Run the same mtcnn prepare command again to continue."
                : $"{folder}: this is not a folder of crops. Create one with mtcnn prepare.");
    }

    private static string? PathOf(string store) => Directory.Exists(store) ? store : null;

    private static TrainedNet NetOf(CropFiles folder, PreparationRecord record)
    {
        try
        {
            return record.Plan["net"].Deserialize(CropJson.Default.TrainedNet);
        }
        catch (JsonException exception)
        {
            throw new CropException($"{folder.Path}: the folder does not name the net of its crops. Delete it and prepare the crops again.", exception);
        }
    }
}
