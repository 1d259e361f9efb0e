using System.Globalization;
using CaffeSharp.Messages;

namespace CaffeSharp.Tests.Data;

/// <summary>Small examples with distinct numbers.</summary>
internal static class Digits
{
    internal const int Pixels = 2 * 3 * 4;

    /// <summary>The record of a number: 2 x 3 x 4 bytes.</summary>
    internal static Datum Datum(int number) => DatumArrays.FromBytes(Bytes(number), 2, 3, 4, number % 10);

    internal static byte[] Bytes(int number) =>
        [.. Enumerable.Range(0, Pixels).Select(index => (byte)((number * 31) + (index * 7)))];

    internal static string Key(int number) => number.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>A store of so many records.</summary>
    internal static string Store(string path, int records, DatabaseBackend backend = DatabaseBackend.Lmdb)
    {
        using DatumStore store = DatumStore.Create(path, backend);
        for (int number = 0; number < records; number++)
        {
            store.Put(Key(number), Datum(number));
        }

        return path;
    }

    /// <summary>A net that reads a store.</summary>
    internal static string Net(string path, int batchSize, DatabaseBackend backend = DatabaseBackend.Lmdb, string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $$"""
            layer {
              name: "digits" type: "Data" top: "data" top: "label" {{more}}
              data_param { source: "{{path}}" batch_size: {{batchSize}} backend: {{backend.ToString().ToUpperInvariant()}} }
            }
            """);
}
