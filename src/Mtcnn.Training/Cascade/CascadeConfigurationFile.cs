using System.Text.Json;

namespace Mtcnn.Training.Cascade;

/// <summary>Reads a file that holds a <see cref="CascadeConfiguration"/>.</summary>
internal static class CascadeConfigurationFile
{
    /// <exception cref="RunException">The file is missing or is not a valid configuration; the message says where and why.</exception>
    public static CascadeConfiguration Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{path}: the configuration cannot be read: {exception.Message}", exception);
        }

        try
        {
            CascadeConfiguration read = JsonSerializer.Deserialize(text, CascadeConfigurationJson.Default.CascadeConfiguration)
                ?? throw new RunException($"{path}: the file holds null instead of a configuration.");
            Check(read);
            return read;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new RunException($"{path}: invalid configuration: {exception.Message}", exception);
        }
    }

    private static void Check(CascadeConfiguration configuration)
    {
        if (configuration.Photos.Count == 0)
        {
            throw new ArgumentException("\"photos\" must name at least one set of photos for training.");
        }

        foreach (CascadePhotos photos in configuration.Photos.Concat(configuration.Measured))
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(photos.Annotations);
            if (photos.HeldOutOfEvery is < 2)
            {
                throw new ArgumentException($"{photos.Annotations}: heldOutOfEvery must be at least 2 (got {photos.HeldOutOfEvery}).");
            }
        }

        if (configuration.Landmarks is { Recall: not null })
        {
            throw new ArgumentException("\"landmarks\" must not have a recall: the landmark net does not classify faces.");
        }

        foreach (CascadeNet net in (CascadeNet[])[configuration.Proposal, configuration.Refinement, configuration.Output])
        {
            if (net.Recall is not (null or (> 0 and < 1)))
            {
                throw new ArgumentException($"recall must be above 0 and below 1 (got {net.Recall}).");
            }
        }
    }
}
