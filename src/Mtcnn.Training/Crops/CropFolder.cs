using System.Text.Json;
using Mtcnn.Training.Options;
using Mtcnn.Training.Preparation;

namespace Mtcnn.Training.Crops;

/// <summary>A folder of crops that is whole: a store a task.</summary>
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

    /// <summary>The folder, as it was given.</summary>
    public string Folder => _folder.Path;

    /// <summary>The net that the crops are for.</summary>
    public TrainedNet Net { get; }

    /// <summary>The side of the crops or patches in pixels.</summary>
    public int Side => Net.Side();

    /// <summary>What their random numbers began with.</summary>
    public ulong Seed { get; }

    /// <summary>How many images were asked for, the bad ones among them.</summary>
    public int Images { get; }

    /// <summary>How many of them could not be read.</summary>
    public int UnreadImages { get; }

    /// <summary>How many crops of each kind there are; kinds without any are left out.</summary>
    public IReadOnlyDictionary<CropKind, long> Counts { get; }

    /// <summary>The images and faces that were left out, a line each, with the file and line that names them.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>The store of positives and negatives; null where there are none.</summary>
    public string? ClassificationPath => PathOf(_folder.Classification);

    /// <summary>The store of positives and parts, with their offsets; null where there are none.</summary>
    public string? OffsetsPath => PathOf(_folder.Offsets);

    /// <summary>The store of landmark crops, with their points; null where there are none.</summary>
    public string? PointsPath => PathOf(_folder.Points);

    /// <summary>Reads what a folder says about itself.</summary>
    /// <param name="folder">A folder that <see cref="CropPreparation"/> made.</param>
    /// <exception cref="CropException">It is none, or is not whole; the message says which.</exception>
    public static CropFolder Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        CropFiles files = new(folder);
        return files.Whole.Read() is { } record
            ? new CropFolder(files, record)
            : throw new CropException(files.Begun.Read() is { } begun
                ? $"{folder}: the crops are not whole: {begun.Done} of {begun.Images} images are done. Run the same mtcnn prepare again; it continues."
                : $"{folder}: this is not a folder of crops; mtcnn prepare makes one.");
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
            throw new CropException($"{folder.Path}: it does not say for which net its crops are. Delete it and make the crops again.", exception);
        }
    }
}
