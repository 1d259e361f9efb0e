using CaffeSharp;
using Mtcnn.Models;

namespace Mtcnn.Detection;

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
                throw WrongNet(definition, path, $"it has none for {string.Join(", ", report.MissingLayers)}", null);
            }
        }
        catch (CaffeException exception) when (exception.Kind == CaffeErrorKind.Format)
        {
            throw new ModelException(
                ModelErrorKind.Corrupt,
                $"{path}: this is not a complete file of weights for {definition} (a caffemodel): {exception.Message} Replace it, or run: {ModelLocator.FetchCommand}",
                path,
                exception);
        }
        catch (CaffeException exception) when (exception.Kind is CaffeErrorKind.Check or CaffeErrorKind.Argument or CaffeErrorKind.NotFound)
        {
            throw WrongNet(definition, path, exception.Message, exception);
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

    private static ModelException WrongNet(NetworkDefinition definition, string path, string reason, CaffeException? cause)
    {
        OriginalModel? actual = ModelCatalog.All.FirstOrDefault(model => ModelVerifier.Verify(model, path).Status == ModelStatus.Original);
        string known = actual is null ? string.Empty : $" The file is the original {actual}.";
        return new ModelException(
            ModelErrorKind.WrongNet, $"{path}: these are not the weights of {definition}: {reason}.{known} Check which file is which.", path, cause);
    }
}
