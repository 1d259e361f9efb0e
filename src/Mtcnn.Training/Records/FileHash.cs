using System.Security.Cryptography;

namespace Mtcnn.Training.Records;

/// <summary>Computes the SHA-256 of a file for records.</summary>
internal static class FileHash
{
    /// <summary>Returns 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
