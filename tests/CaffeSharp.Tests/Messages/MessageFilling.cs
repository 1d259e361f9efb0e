using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CaffeSharp.Tests.Messages;

/// <summary>Sets every field of a message, and of the messages in it.</summary>
internal static class MessageFilling
{
    internal static void Fill(IMessage message)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.IsRepeated)
            {
                ((System.Collections.IList)field.Accessor.GetValue(message)).Add(Value(field));
            }
            else
            {
                field.Accessor.SetValue(message, Value(field));
            }
        }
    }

    private static object Value(FieldDescriptor field)
    {
        switch (field.FieldType)
        {
            case FieldType.Message:
                IMessage inner = field.MessageType.Parser.ParseFrom([]);
                Fill(inner);
                return inner;
            case FieldType.Enum:
                // Generated enumerations hold a name for every value.
                Type type = field.ContainingType.ClrType.GetProperty(field.PropertyName)?.PropertyType
                    ?? throw new InvalidOperationException($"There is no property for {field.FullName}.");
                type = type.IsGenericType ? type.GetGenericArguments()[0] : type;
                return Enum.ToObject(type, field.EnumType.Values[^1].Number);
            case FieldType.String:
                return "text \"quoted\"\n";
            case FieldType.Bytes:
                return ByteString.CopyFrom(0, 255, 34);
            case FieldType.Bool:
                return true;
            case FieldType.Float:
                return 0.1f;
            case FieldType.Double:
                return 0.1;
            case FieldType.Int32:
                return -7;
            case FieldType.UInt32:
                return 7u;
            case FieldType.Int64:
                return -7L;
            default:
                throw new InvalidOperationException($"No value for {field.FullName} ({field.FieldType}).");
        }
    }
}
