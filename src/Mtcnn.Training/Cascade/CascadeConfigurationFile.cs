using System.Text.Json;

namespace Mtcnn.Training.Cascade;

/// <summary>Reads a file that holds a <see cref="CascadeConfiguration"/>.</summary>
internal static class CascadeConfigurationFile
{
    /// <exception cref="RunException">There is no such file, or it is not a configuration; the message says where and why.</exception>
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
            throw new RunException($"{path}: not a configuration of a run: {exception.Message}", exception);
        }
    }

    private static void Check(CascadeConfiguration configuration)
    {
        if (configuration.Photos.Count == 0)
        {
            throw new ArgumentException("\"photos\" names no set of photos to train on.");
        }

        foreach (CascadePhotos photos in configuration.Photos.Concat(configuration.Measured))
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(photos.Annotations);
            if (photos.HeldOutOfEvery is < 2)
            {
                throw new ArgumentException($"{photos.Annotations}: heldOutOfEvery is 2 or more; it is {photos.HeldOutOfEvery}.");
            }
        }

        if (configuration.Landmarks is { Recall: not null })
        {
            throw new ArgumentException("\"landmarks\" takes no recall: the landmark net does not say what a face is.");
        }

        foreach (CascadeNet net in (CascadeNet[])[configuration.Proposal, configuration.Refinement, configuration.Output])
        {
            if (net.Recall is not (null or (> 0 and < 1)))
            {
                throw new ArgumentException($"recall is a share above 0 and below 1; it is {net.Recall}.");
            }
        }
    }
}
