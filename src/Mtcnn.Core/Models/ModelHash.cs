using System.Security.Cryptography;

namespace Mtcnn.Models;

/// <summary>Computes the SHA-256 of a file of weights. Thread-safe.</summary>
internal static class ModelHash
{
    /// <summary>The file's length in bytes and its SHA-256 in lower-case hexadecimal digits.</summary>
    /// <exception cref="ModelException">The file cannot be read.</exception>
    public static (long Size, string Sha256) Of(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return (stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelErrorKind.Unreadable, $"{path}: the file of weights cannot be read: {exception.Message}", path, exception);
        }
    }
}
