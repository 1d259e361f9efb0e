namespace CaffeSharp.Tests.Support;

/// <summary>Files of the checkout that the tests run from.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string Folder(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mtcnn.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no Mtcnn.sln above {AppContext.BaseDirectory}.");
    }
}
