namespace CaffeSharp.Interop;

/// <summary>caffe_database_mode of database.h.</summary>
internal enum DatabaseMode
{
    Read = 0,
    Write = 1,
    New = 2,
}
