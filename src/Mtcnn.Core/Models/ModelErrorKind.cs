namespace Mtcnn.Models;

/// <summary>Why weights cannot be used.</summary>
public enum ModelErrorKind
{
    /// <summary>The file was found nowhere.</summary>
    Missing,

    /// <summary>The file cannot be read.</summary>
    Unreadable,

    /// <summary>The file is empty, cut off or not a caffemodel.</summary>
    Corrupt,

    /// <summary>The file holds another network's weights.</summary>
    WrongNet,

    /// <summary>The file could not be downloaded or not be written.</summary>
    FetchFailed,
}
