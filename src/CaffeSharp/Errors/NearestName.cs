using CaffeSharp.Interop;

namespace CaffeSharp;

/// <summary>Finds the existing name that a misspelled name was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>Gets " Did you mean 'x'?", or an empty string if no name is close.</summary>
    internal static string Suggestion(string name, IEnumerable<string> existing)
    {
        string[] candidates = [.. existing];
        ErrorNative.caffe_error_nearest_name(name, candidates, candidates.Length, out int index).ThrowIfFailed();
        return index < 0 ? string.Empty : $" Did you mean '{candidates[index]}'?";
    }
}
