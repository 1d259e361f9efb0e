using CaffeSharp.Tests.Support;
using Mtcnn.Models;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Models;

/// <summary>The folders, order and names in the search for models.</summary>
public sealed class ModelLocatorTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    [Fact]
    public void Folders_are_the_shared_one_the_one_beside_the_repository_and_the_users_in_this_order()
    {
        string repository = Make("work/repository");
        File.WriteAllText(Path.Combine(repository, "Mtcnn.sln"), string.Empty);
        ModelSearchEnvironment environment = new(
            Path.Combine(_root.Path, "given"), Make("work/repository/build/bin"), Make("elsewhere"), Path.Combine(_root.Path, "home"));

        string[] folders = [.. environment.Folders.Select(folder => Path.GetRelativePath(_root.Path, folder))];

        Assert.Equal(["given/models", "work/shared/models", "shared/models", "home/mtcnn/models"], folders);
    }

    [Fact]
    public void Folders_without_a_variable_a_repository_and_a_home_are_those_seen_from_the_current_folder()
    {
        ModelSearchEnvironment environment = new(" ", Make("bin"), Make("here"), string.Empty);

        Assert.Null(environment.UserFolder);
        Assert.Equal([Path.Combine(_root.Path, "shared", "models")], environment.Folders);
    }

    [Theory]
    [InlineData("12net.caffemodel")]
    [InlineData("det1.caffemodel")]
    [InlineData("12net/12net.caffemodel")]
    [InlineData("reference/12net/12net.caffemodel")]
    [InlineData("official/det1.caffemodel")]
    public void Find_knows_flat_folders_and_those_of_the_upstream_repositories(string layout)
    {
        string path = Put(layout);

        Assert.Equal(path, new ModelLocator(_root.Path).Find(ModelCatalog.Proposal));
        Assert.Null(new ModelLocator(_root.Path).Find(ModelCatalog.Refinement));
    }

    [Fact]
    public void Find_prefers_the_earlier_folder_even_where_the_later_one_has_the_plainer_name()
    {
        string first = Put("given/models/reference/12net/12net.caffemodel");
        _ = Put("home/mtcnn/models/12net.caffemodel");
        ModelSearchEnvironment environment = new(Path.Combine(_root.Path, "given"), _root.Path, Make("here"), Path.Combine(_root.Path, "home"));

        Assert.Equal(first, new ModelLocator(folder: null, environment).Find(ModelCatalog.Proposal));
    }

    [Fact]
    public void Locate_in_a_named_folder_looks_nowhere_else_and_names_what_is_missing()
    {
        _ = Put("mine/12net.caffemodel");
        string folder = Path.Combine(_root.Path, "mine");

        ModelException error = Assert.Throws<ModelException>(() => ModelFiles.Locate(folder));

        Assert.Equal(ModelErrorKind.Missing, error.Kind);
        Assert.Equal(
            $"The weights of 24net, 48net were not found. Looked in:\n  {folder}\nDownload the original weights with: mtcnn models fetch\n"
            + "or put 24net.caffemodel, 48net.caffemodel into one of these folders.",
            error.Message);
    }

    [Fact]
    public void Locate_when_the_folder_is_a_file_or_not_there_says_so()
    {
        string file = Put("12net.caffemodel");

        ModelException isFile = Assert.Throws<ModelException>(() => ModelFiles.Locate(file));
        ModelException isNothing = Assert.Throws<ModelException>(() => ModelFiles.Locate(file + ".d"));

        Assert.Contains($"{file} (this is a file; name the folder that it is in)", isFile.Message, StringComparison.Ordinal);
        Assert.Contains($"{file}.d (there is no such folder)", isNothing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_when_a_file_is_empty_says_which()
    {
        string path = Put("24net.caffemodel", []);
        _ = Put("12net.caffemodel");
        _ = Put("48net.caffemodel");

        ModelException error = Assert.Throws<ModelException>(() => ModelFiles.Locate(_root.Path));

        Assert.Equal((ModelErrorKind.Corrupt, path), (error.Kind, error.Path));
        Assert.StartsWith($"{path}: the file of weights is empty.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_asks_for_the_fourth_net_only_where_it_is_needed()
    {
        string[] three = [Put("det1.caffemodel"), Put("det2.caffemodel"), Put("det3.caffemodel")];

        Assert.Equal(new ModelFiles(three[0], three[1], three[2]), ModelFiles.Locate(_root.Path));
        Assert.Contains(
            "The weights of landmarks were not found",
            Assert.Throws<ModelException>(() => ModelFiles.Locate(_root.Path, withLandmarks: true)).Message,
            StringComparison.Ordinal);
        string fourth = Put("det4.caffemodel");
        Assert.Equal(fourth, ModelFiles.Locate(_root.Path, withLandmarks: true).Landmarks);
    }

    [Fact]
    public void Locate_when_originals_are_missing_takes_all_of_the_projects_own_and_says_so()
    {
        ModelSearchEnvironment environment = new(Path.Combine(_root.Path, "given"), Make("program"), Make("here"), string.Empty);
        string original = Put("given/models/12net.caffemodel");
        string[] own = [Put("program/models/12net.caffemodel"), Put("program/models/24net.caffemodel"), Put("program/models/48net.caffemodel")];

        ModelFiles files = new ModelLocator(folder: null, environment).Locate();

        Assert.Equal(new ModelFiles(own[0], own[1], own[2]) { AreSubstitutes = true }, files);
        Assert.Equal(original, new ModelLocator(folder: null, environment).Find(ModelCatalog.Proposal));
        Assert.Equal(own[0], new ModelLocator(folder: null, environment).FindOwn(ModelCatalog.Proposal));
    }

    [Fact]
    public void Locate_when_the_projects_own_lack_a_net_takes_none_of_them()
    {
        ModelSearchEnvironment environment = new(null, Make("program"), Make("here"), string.Empty);
        foreach (string net in (string[])["12net", "24net", "48net"])
        {
            _ = Put($"program/models/{net}.caffemodel");
        }

        ModelException error = Assert.Throws<ModelException>(() => new ModelLocator(folder: null, environment).Locate(withLandmarks: true));

        Assert.StartsWith("The weights of 12net, 24net, 48net, landmarks were not found.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Own_folders_are_none_where_a_folder_is_named()
    {
        Assert.Empty(new ModelLocator(_root.Path).OwnFolders);
        Assert.Null(new ModelLocator(_root.Path).FindOwn(ModelCatalog.Proposal));
    }

    [Fact]
    public void Verify_when_sums_list_the_file_tells_trained_weights_from_damaged_ones()
    {
        string path = Put("trained/24net.caffemodel", "weights"u8.ToArray());
        ModelSums.Write(Path.Combine(_root.Path, "trained"), ["24net.caffemodel"]);

        ModelVerification whole = ModelVerifier.Verify(ModelCatalog.Refinement, path);
        File.WriteAllText(path, "wEights");
        ModelVerification damaged = ModelVerifier.Verify(ModelCatalog.Refinement, path);

        Assert.Equal((ModelStatus.Trained, ModelStatus.Unknown), (whole.Status, damaged.Status));
        Assert.Contains("not the original weights of 24net but others, undamaged", whole.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_tells_missing_empty_and_unknown_files_apart()
    {
        string empty = Put("empty.caffemodel", []);
        string cutOff = Put("cut.caffemodel", File.ReadAllBytes(SharedFiles.Weights("12net"))[..20_000]);

        ModelVerification[] found =
            [.. new[] { empty + ".no", empty, cutOff }.Select(path => ModelVerifier.Verify(ModelCatalog.Proposal, path))];

        Assert.Equal([ModelStatus.Missing, ModelStatus.Empty, ModelStatus.Unknown], found.Select(file => file.Status));
        Assert.Contains("20000 bytes", found[2].Description, StringComparison.Ordinal);
        Assert.Contains("the original has 28163 bytes", found[2].Description, StringComparison.Ordinal);
        Assert.All(found, file => Assert.Contains("mtcnn models fetch", file.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void ByName_finds_every_model_and_lists_the_names_for_another()
    {
        Assert.All(ModelCatalog.All, model => Assert.Same(model, ModelCatalog.ByName(model.Name.ToUpperInvariant())));
        Assert.Contains(
            "There is no model named \"36net\"; there are 12net, 24net, 48net, landmarks, ",
            Assert.Throws<ArgumentException>(() => ModelCatalog.ByName("36net")).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _root.Dispose();

    private string Make(string relativePath) => Directory.CreateDirectory(Path.Combine(_root.Path, relativePath)).FullName;

    private string Put(string relativePath, byte[]? bytes = null)
    {
        string path = Path.Combine(_root.Path, relativePath);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes ?? [1]);
        return path;
    }
}
