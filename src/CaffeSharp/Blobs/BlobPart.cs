namespace CaffeSharp;

/// <summary>The two arrays of a blob: caffe_blob_part.</summary>
internal enum BlobPart
{
    Data,
    Diff,
}
