using System.Text;
using CaffeSharp.Interop;
using Google.Protobuf;

namespace CaffeSharp;

/// <summary>Prototxt, which is protobuf's text format, to messages and back, by the parser and printer that Caffe itself
/// uses. Any message of <see cref="Messages"/> will do: NetParameter, SolverParameter, BlobProto, ... All members may be
/// called from any thread.</summary>
public static class Prototxt
{
    /// <summary>Reads a message from text. It is taken as it stands; <see cref="UpgradeProto"/> brings one of an older Caffe
    /// to today's form.</summary>
    /// <typeparam name="T">The message's class.</typeparam>
    /// <param name="text">The text; an empty one is a message without fields.</param>
    /// <param name="name">What messages call the text; null for "&lt;text&gt;".</param>
    /// <exception cref="CaffeException">It is not such a message: an unknown field, a bad value, a brace too many (with line and
    /// column).</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static T Parse<T>(string text, string? name = null)
        where T : IMessage<T>, new()
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse<T>(Encoding.UTF8.GetBytes(text), name is null ? null : NativeText.Checked(name));
    }

    /// <summary>Reads a message from a text file.</summary>
    /// <typeparam name="T">The message's class.</typeparam>
    /// <param name="path">The file, in UTF-8.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">There is no such file, it cannot be read, or it is not such a message (with line and
    /// column).</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static T ReadFile<T>(string path)
        where T : IMessage<T>, new() => Parse<T>(MessageFile.Read(path), path);

    /// <summary>Writes a message as text, one field a line, in the order of the fields' numbers.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="ArgumentException">A required field is not set, or it is not a message of Caffe's.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static string Print(IMessage message)
    {
        using NativeMessage native = NativeMessage.Of(message, name: null);
        return native.Text();
    }

    /// <summary>Writes a message as a text file, in UTF-8.</summary>
    /// <param name="path">The file, which is replaced, and appears whole or not at all.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="ArgumentException">The path is empty, or a required field is not set.</exception>
    /// <exception cref="CaffeException">The file cannot be written.</exception>
    /// <exception cref="NativeLibraryException">The native half cannot be loaded.</exception>
    public static void WriteFile(string path, IMessage message) =>
        MessageFile.Write(path, Encoding.UTF8.GetBytes(Print(message)));

    private static T Parse<T>(ReadOnlySpan<byte> text, string? name)
        where T : IMessage<T>, new()
    {
        using NativeMessage native = NativeMessage.FromText(new T().Descriptor.FullName, text, name);
        return native.Managed<T>(name ?? "<text>");
    }
}
