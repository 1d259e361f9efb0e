using System.Runtime.CompilerServices;

namespace CaffeSharp.Interop;

/// <summary>Checks strings on their way to the native half, which ends them at the first zero.</summary>
internal static class NativeText
{
    /// <summary>Refuses null and embedded zeros.</summary>
    internal static string Checked(
        string? text, [CallerArgumentExpression(nameof(text))] string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{Shown(text)}' holds a zero character (U+0000).", parameter);
        }

        return text;
    }

    /// <summary>Refuses null, embedded zeros and paths that name nothing.</summary>
    internal static string CheckedPath(
        string? path, [CallerArgumentExpression(nameof(path))] string? parameter = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path, parameter);
        return Checked(path, parameter);
    }

    private static string Shown(string text) => text.Replace("\0", "\\0", StringComparison.Ordinal);
}
