using CaffeSharp;
using Mtcnn.Models;

namespace Mtcnn.Cascade.Nets;

/// <summary>Reads a file of weights into a net, and tells in words of models what is wrong with it.</summary>
internal static class NetWeights
{
    /// <summary>Gives every layer of a net its weights.</summary>
    /// <exception cref="ModelException">The file is missing, unreadable, empty, corrupt, or another network's.</exception>
    public static void Load(Net net, NetworkDefinition definition, string path)
    {
        byte[] bytes = Read(definition, path);
        try
        {
            WeightsReport report = net.CopyFrom(bytes, path);
            if (report.MissingLayers.Count > 0)
            {
                throw Unusable(
                    ModelErrorKind.WrongNet, definition, path, $"{path}: there is nothing for the layers {string.Join(", ", report.MissingLayers)}", Identify(path), null);
            }
        }
        catch (CaffeException exception) when (exception.Kind is CaffeErrorKind.Format or CaffeErrorKind.Check)
        {
            // Where Caffe names a layer, the file was understood and its shapes are others.
            OriginalModel? actual = Identify(path);
            bool understood = actual is not null || exception.LayerName is not null;
            throw Unusable(understood ? ModelErrorKind.WrongNet : ModelErrorKind.Corrupt, definition, path, exception.Message, actual, exception);
        }
    }

    private static byte[] Read(NetworkDefinition definition, string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            return bytes.Length > 0
                ? bytes
                : throw new ModelException(
                    ModelErrorKind.Corrupt, $"{path}: the file of {definition}'s weights is empty. Replace it, or run: {ModelLocator.FetchCommand}", path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException(
                ModelErrorKind.Missing, $"{path}: there is no such file of {definition}'s weights. Name the right one, or run: {ModelLocator.FetchCommand}", path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string reason = Directory.Exists(path) ? "it is a folder, not a file" : exception.Message;
            throw new ModelException(ModelErrorKind.Unreadable, $"{path}: {definition}'s weights cannot be read: {reason}", path, exception);
        }
    }

    private static OriginalModel? Identify(string path) =>
        File.Exists(path) ? ModelCatalog.WithSum(ModelHash.Of(path).Sha256) : null;

    // Caffe's reason names the file already.
    private static ModelException Unusable(
        ModelErrorKind kind, NetworkDefinition definition, string path, string reason, OriginalModel? actual, CaffeException? cause)
    {
        string fix = actual is null
            ? $"Replace the file, or run: {ModelLocator.FetchCommand}"
            : $"The file is the original {actual}: check which file is which.";
        return new ModelException(kind, $"{reason}. It should hold the weights of {definition}. {fix}", path, cause);
    }
}
