namespace CaffeSharp;

/// <summary>A library in the process, and where it came from.</summary>
internal sealed record LoadedLibrary(nint Handle, string Path);
