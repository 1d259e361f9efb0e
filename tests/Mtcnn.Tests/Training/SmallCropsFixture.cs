namespace Mtcnn.Tests.Training;

/// <summary>Prepared folders that the tests of a class share.</summary>
public sealed class SmallCropsFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtcnn-crops-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The prepared folder of a net.</summary>
    internal string Folder(int side)
    {
        string folder = Path.Combine(_folder.FullName, $"{side}");
        if (!Directory.Exists(folder))
        {
            SmallCrops.Write(folder, side);
        }

        return folder;
    }
}
