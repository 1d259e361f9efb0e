using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Packages.Tests.Layout;

/// <summary>Reads the instructions of a method's body (ECMA-335, partition III).</summary>
internal static class Instructions
{
    private const byte TwoBytes = 0xFE;

    private static readonly Dictionary<ushort, OperandType> s_operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (ushort)code.Value, code => code.OperandType);

    /// <summary>The types, members and signatures that the instructions name.</summary>
    internal static List<EntityHandle> HandlesIn(BlobReader reader)
    {
        List<EntityHandle> handles = [];
        while (reader.RemainingBytes > 0)
        {
            byte first = reader.ReadByte();
            ushort code = first == TwoBytes ? (ushort)((first << 8) | reader.ReadByte()) : first;
            switch (s_operands[code])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType or OperandType.InlineSig:
                    handles.Add(MetadataTokens.EntityHandle(reader.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    // The offset is read after the count, or the count's own bytes would not be skipped.
                    int targets = reader.ReadInt32();
                    reader.Offset += sizeof(int) * targets;
                    break;
                case OperandType other:
                    reader.Offset += SizeOf(other);
                    break;
            }
        }

        return handles;
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
