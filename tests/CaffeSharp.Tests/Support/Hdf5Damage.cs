namespace CaffeSharp.Tests.Support;

/// <summary>Damage to the tables of an HDF5 file.</summary>
internal static class Hdf5Damage
{
    // The signature of a node of a group's tree, and how far behind it the address of the first child stands.
    private static ReadOnlySpan<byte> Node => "TREE"u8;
    private const int FirstChild = 32;

    /// <summary>The file, once for each group in it, with the members of that group at an invalid address.</summary>
    public static IReadOnlyList<byte[]> WithMembersNowhere(string path)
    {
        byte[] whole = File.ReadAllBytes(path);
        List<byte[]> damaged = [];
        for (int node = whole.AsSpan().IndexOf(Node); node >= 0;)
        {
            byte[] copy = [.. whole];
            copy.AsSpan(node + FirstChild, sizeof(long)).Fill(0xff);
            damaged.Add(copy);
            int next = whole.AsSpan(node + 1).IndexOf(Node);
            node = next < 0 ? next : node + 1 + next;
        }

        return damaged;
    }

    /// <summary>The file with the group "data" as its own first member.</summary>
    public static byte[] WithGroupInItself(string path)
    {
        // A table of members has entries of a name, which stays, and where the member lies.
        const int place = 16;
        const int placeLength = 32;
        ReadOnlySpan<byte> table = "SNOD"u8;
        byte[] bytes = File.ReadAllBytes(path);
        int root = bytes.AsSpan().IndexOf(table);
        int data = root + 1 + bytes.AsSpan(root + 1).IndexOf(table);
        bytes.AsSpan(root + place, placeLength).CopyTo(bytes.AsSpan(data + place));
        return bytes;
    }
}
