using CaffeSharp.Tests.Support;

namespace Mtcnn.Tests.Training;

/// <summary>Prepared folders that the tests of a class share.</summary>
public sealed class SmallCropsFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The prepared folder of a net.</summary>
    internal string Folder(int side)
    {
        string folder = Path.Combine(_folder.Path, $"{side}");
        if (!Directory.Exists(folder))
        {
            SmallCrops.Write(folder, side);
        }

        return folder;
    }
}
