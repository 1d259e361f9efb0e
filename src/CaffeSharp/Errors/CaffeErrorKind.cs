namespace CaffeSharp;

/// <summary>What went wrong, for a caller who decides by it.</summary>
public enum CaffeErrorKind
{
    /// <summary>Any other failure: an exception of a library below Caffe.</summary>
    Internal = 0,

    /// <summary>A CHECK of Caffe failed: the definition, shapes or parameters do not fit together.</summary>
    Check,

    /// <summary>A value given to the call is out of its range.</summary>
    Argument,

    /// <summary>There is no file, layer or blob of that name.</summary>
    NotFound,

    /// <summary>A file is there but is not what it should be: prototxt syntax, a broken or unsuitable weights file.</summary>
    Format,

    /// <summary>A file cannot be read or written: permission, a full disk, a folder where a file should be.</summary>
    IO,

    /// <summary>Memory ran out, or more was asked for than the machine or the limit allows.</summary>
    OutOfMemory,

    /// <summary>This build or machine cannot do it: no GPU, no HDF5.</summary>
    Unsupported,

    /// <summary>Another thread is inside the same net, or somebody else has the database open.</summary>
    Busy,
}
