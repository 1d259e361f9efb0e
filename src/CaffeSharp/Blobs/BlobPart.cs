namespace CaffeSharp;

/// <summary>The two arrays of a blob.</summary>
internal enum BlobPart
{
    Data,
    Diff,
}
