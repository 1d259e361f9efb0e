namespace CaffeSharp;

/// <summary>The kinds of database that Caffe's Data layer reads; the numbers are those of DataParameter.DB in
/// caffe.proto.</summary>
public enum DatabaseBackend
{
    /// <summary>LevelDB: one user at a time among all processes. It is what a Data layer reads by default.</summary>
    LevelDB = 0,

    /// <summary>LMDB: any number of readers at a time, in any number of processes.</summary>
    Lmdb = 1,
}
