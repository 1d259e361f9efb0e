using System.Runtime.InteropServices.Marshalling;

namespace CaffeSharp.Interop;

/// <summary>A UTF-8 string that stays the library's: copied, not freed.</summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedOut, typeof(UnownedStringMarshaller))]
internal static unsafe class UnownedStringMarshaller
{
    internal static string ConvertToManaged(byte* unmanaged) =>
        Utf8StringMarshaller.ConvertToManaged(unmanaged) ?? string.Empty;
}
