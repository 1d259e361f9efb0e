using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CaffeSharp;

/// <summary>Messages in protobuf's wire format, as they stand in caffemodel, solverstate and binaryproto files. Any message
/// of <see cref="Messages"/> will do. All members may be called from any thread.</summary>
public static class BinaryProto
{
    private static readonly byte[] s_hdf5Signature = [0x89, (byte)'H', (byte)'D', (byte)'F'];

    /// <summary>Reads a message from a file. It is taken as it stands; <see cref="UpgradeProto"/> brings one of an older
    /// Caffe to today's form.</summary>
    /// <typeparam name="T">The message's class: NetParameter for a caffemodel, SolverState for a solverstate, BlobProto for a
    /// binaryproto.</typeparam>
    /// <param name="path">The file, of at most 2.1 GB, which is protobuf's limit.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CaffeException">There is no such file, it cannot be read, it is too large, or it is not such a
    /// message: truncated, damaged, a text file, an HDF5 file.</exception>
    public static T ReadFile<T>(string path)
        where T : IMessage<T>, new() => Parse<T>(MessageFile.Read(path), path);

    /// <summary>Reads a message from its bytes.</summary>
    /// <typeparam name="T">The message's class.</typeparam>
    /// <param name="bytes">The bytes; none are a message without fields.</param>
    /// <param name="name">What messages call them; null for "&lt;bytes&gt;".</param>
    /// <exception cref="CaffeException">They are not such a message.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> bytes, string? name = null)
        where T : IMessage<T>, new()
    {
        T message = new();
        try
        {
            message.MergeFrom(bytes);
        }
        catch (InvalidProtocolBufferException error)
        {
            string shown = name ?? "<bytes>";
            throw new CaffeException($"{shown}: {Diagnosis(bytes, message.Descriptor.Name)}", error)
            {
                Kind = CaffeErrorKind.Format,
                Path = name,
            };
        }

        return message;
    }

    /// <summary>Writes a message as a file.</summary>
    /// <param name="path">The file, which is replaced, and appears whole or not at all.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="ArgumentException">The path is empty, a required field is not set, or the message is larger than
    /// protobuf's limit of 2.1 GB.</exception>
    /// <exception cref="CaffeException">The file cannot be written.</exception>
    public static void WriteFile(string path, IMessage message)
    {
        Check(message);
        MessageFile.Write(path, message);
    }

    /// <summary>A message's bytes.</summary>
    internal static byte[] ToBytes(IMessage message)
    {
        Check(message);
        return message.ToByteArray();
    }

    private static void Check(IMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (MissingField(message) is { } field)
        {
            throw new ArgumentException(
                $"The required field {field.Name} of a {field.ContainingType.Name} is not set.", nameof(message));
        }

        // Sizes are counted in int; a larger one comes out negative.
        if (message.CalculateSize() < 0)
        {
            throw new ArgumentException(
                $"This {message.Descriptor.Name} is larger than the 2.1 GB that protobuf writes.", nameof(message));
        }
    }

    /// <summary>A required field that is not set, in the message or in one that it holds; null if there is none.</summary>
    private static FieldDescriptor? MissingField(IMessage message)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsRequired && !field.Accessor.HasValue(message))
            {
                return field;
            }

            if (field.FieldType != FieldType.Message)
            {
                continue;
            }

            object? value = field.Accessor.GetValue(message);
            IEnumerable<IMessage> inner = value is IMessage one ? [one] : (value as IEnumerable)?.Cast<IMessage>() ?? [];
            if (inner.Select(MissingField).FirstOrDefault(missing => missing is not null) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string Diagnosis(ReadOnlySpan<byte> bytes, string type)
    {
        if (bytes.StartsWith(s_hdf5Signature))
        {
            return $"this is an HDF5 file, not a {type} in protobuf's wire format; Net.CopyFrom reads weights of both kinds.";
        }

        // Tags of Caffe's fields, their lengths and numbers hold bytes below the space early on.
        bool isText = bytes[..Math.Min(bytes.Length, 512)].IndexOfAnyExceptInRange((byte)' ', byte.MaxValue) is int at
            && (at < 0 || bytes[at] is (byte)'\n' or (byte)'\r' or (byte)'\t') && bytes.IndexOf((byte)0) < 0;
        return isText
            ? $"this is a text file, not a {type} in protobuf's wire format; Prototxt reads text."
            : $"the {type} is truncated or damaged ({bytes.Length} bytes), or is none.";
    }
}
