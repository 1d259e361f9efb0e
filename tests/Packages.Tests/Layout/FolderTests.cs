using CaffeSharp.Tests.Support;

namespace Packages.Tests.Layout;

public sealed class FolderTests
{
    private const int Most = 25;

    private static readonly string[] s_endings = [".cs", ".h", ".hpp", ".c", ".cpp"];

    [Theory]
    [InlineData("src")]
    [InlineData("native")]
    [InlineData("tests")]
    [InlineData("bench")]
    [InlineData("samples")]
    public void Folder_of_the_checkout_when_its_source_files_are_counted_then_has_at_most_25(string root)
    {
        List<(string Folder, int Files)> folders =
        [
            .. from file in Directory.EnumerateFiles(Repository.Folder(root), "*", SearchOption.AllDirectories)
               where s_endings.Contains(Path.GetExtension(file))
               group file by Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!) into folder
               orderby folder.Key
               select (folder.Key, folder.Count()),
        ];

        Assert.NotEmpty(folders);
        Assert.DoesNotContain(folders, folder => folder.Files > Most);
    }
}
