using CaffeSharp.Tests.Support;
using Mtcnn.Models;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Models;

public sealed class OriginalModelTests
{
    public static TheoryData<string> Names => [.. ModelCatalog.All.Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_original_is_found_among_the_shared_models_and_has_its_sum(string name)
    {
        SharedFolder.RequireOriginals();
        ModelVerification found = ModelVerifier.Verify(ModelCatalog.ByName(name), new ModelLocator(SharedFiles.Of("models")));

        Assert.Equal(ModelStatus.Original, found.Status);
        Assert.Equal(ModelCatalog.ByName(name).Size, found.Size);
    }

    [Fact]
    public void Every_source_is_pinned_to_a_commit()
    {
        Assert.All(ModelCatalog.All.SelectMany(model => model.Sources), source => Assert.Matches("/[0-9a-f]{40}/", source.AbsoluteUri));
    }

    [Fact]
    public void Another_nets_weights_are_named()
    {
        SharedFolder.RequireOriginals();
        ModelVerification swapped = ModelVerifier.Verify(ModelCatalog.Proposal, SharedFiles.Weights("24net"));

        Assert.Equal((ModelStatus.OtherModel, ModelCatalog.Refinement), (swapped.Status, swapped.Actual));
    }

    [Fact]
    public void Locate_when_there_are_none_names_each_folder_and_the_command()
    {
        ModelSearchEnvironment nowhere = new("/nowhere/shared", "/nowhere/bin", "/nowhere", "/nowhere/data");

        ModelException error = Assert.Throws<ModelException>(() => new ModelLocator(folder: null, nowhere).Locate());

        Assert.Contains("/nowhere/shared/models", error.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/data/mtcnn/models", error.Message, StringComparison.Ordinal);
        Assert.Contains("mtcnn models fetch", error.Message, StringComparison.Ordinal);
    }
}
