using CaffeSharp.Interop;
using Google.Protobuf;

namespace CaffeSharp;

/// <summary>Files of messages, whole, with failures in the words of <see cref="CaffeException"/>.</summary>
internal static class MessageFile
{
    internal static byte[] Read(string path) => Translated(path, "read", () =>
    {
        using FileStream file = ExistingFile.Open(path);
        if (file.Length > Array.MaxLength)
        {
            throw new CaffeException(
                $"{path}: a message of {file.Length} bytes is more than protobuf reads ({Array.MaxLength}).")
            {
                Kind = CaffeErrorKind.Unsupported,
                Path = path,
            };
        }

        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    });

    internal static void Write(string path, byte[] bytes) => Translated(path, "written", () =>
    {
        using WholeFile file = new(path);
        file.Stream.Write(bytes);
        file.Complete();
        return bytes.Length;
    });

    /// <summary>Writes a message piece by piece: weights are not held twice.</summary>
    internal static void Write(string path, IMessage message) => Translated(path, "written", () =>
    {
        using WholeFile file = new(path);
        message.WriteTo(file.Stream);
        file.Complete();
        return message;
    });

    private static T Translated<T>(string path, string verb, Func<T> use)
    {
        NativeText.CheckedPath(path);
        try
        {
            return use();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            bool missing = error is FileNotFoundException or DirectoryNotFoundException;
            throw new CaffeException($"{path}: the file cannot be {verb}: {error.Message}", error)
            {
                Kind = missing ? CaffeErrorKind.NotFound : CaffeErrorKind.IO,
                Path = path,
            };
        }
    }
}
