namespace Mtcnn.Imaging;

/// <summary>Why an image could not be read.</summary>
public enum ImageErrorKind
{
    /// <summary>There is no such file.</summary>
    NotFound,

    /// <summary>The path names a folder.</summary>
    IsFolder,

    /// <summary>The file may not be read by this user.</summary>
    AccessDenied,

    /// <summary>Reading the file or stream failed half way.</summary>
    ReadFailed,

    /// <summary>There are no bytes at all.</summary>
    Empty,

    /// <summary>The bytes are text or something else that is not an image.</summary>
    NotAnImage,

    /// <summary>The bytes are an image of a format, or a variant of one, that is not decoded here.</summary>
    UnsupportedFormat,

    /// <summary>The image ends before its end.</summary>
    Truncated,

    /// <summary>The image is complete but its content contradicts itself.</summary>
    Damaged,

    /// <summary>The image claims more pixels, or has more bytes, than is allowed.</summary>
    TooLarge,
}
