using Mtcnn.Annotations;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Annotations;

public sealed class AnnotationReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtcnn-annotations-");

    [Fact]
    public void Read_of_a_folder_with_dlib_XML_reduces_68_points_to_five()
    {
        AnnotationSet set = AnnotationReader.Read(SharedFiles.Of("images/dlib-faces"));

        Assert.Equal(MatchRule.BoxOverlap, set.Rule);
        Assert.Equal((9, 43), (set.Pictures.Count, set.Pictures.Sum(picture => picture.Faces.Count)));
        Assert.All(set.Pictures, picture => Assert.True(File.Exists(picture.Path)));
        Assert.All(set.Pictures.SelectMany(picture => picture.Faces), face => Assert.NotNull(face.Landmarks));
        AnnotatedFace first = set.Pictures[0].Faces[0];
        Assert.Equal(new Mtcnn.Detection.Box(274, 181, 326, 234), first.Box);
    }

    [Theory]
    [InlineData("data/faces5/validation.csv", MatchRule.AroundMiddle, 1156, 1156)]
    [InlineData("data/webfaces/validation.csv", MatchRule.AroundPoints, 506, 839)]
    [InlineData("data/crowds.csv", MatchRule.BoxOverlap, 285, 1362)]
    public void Read_of_a_CSV_file_takes_the_columns_that_are_there(string path, MatchRule rule, int pictures, int faces)
    {
        AnnotationSet set = AnnotationReader.Read(SharedFiles.Of(path));

        Assert.Equal((rule, pictures, faces), (set.Rule, set.Pictures.Count, set.Pictures.Sum(picture => picture.Faces.Count)));
        Assert.True(File.Exists(set.Pictures[^1].Path));
    }

    [Theory]
    [InlineData("a.csv", "image,left,top\nx.jpg,1,2\n", "the header needs the column image")]
    [InlineData("a.csv", "image,left,top,right,bottom\nx.jpg,1,2,three,4\n", "row 1: the column right is no number: \"three\"")]
    [InlineData("a.csv", "image,left,top,right,bottom\nx.jpg,1,2,3,NaN\n", "row 1: the column bottom is no number: \"NaN\"")]
    [InlineData("a.csv", "", "header")]
    [InlineData("a.xml", "<dataset><images><image file='x.jpg'><box left='1' top='2' width='3'/></image></images></dataset>", "(1): <box> has no attribute height")]
    [InlineData("a.xml", "<dataset><images>", "not well-formed XML")]
    [InlineData("a.xml", "<dataset><image file='x.jpg'><box left='1' top='b' width='3' height='4'/></image></dataset>", "the attribute top is no number: \"b\"")]
    [InlineData("a.txt", "x.jpg 1 2 3 4", "annotations are .xml (dlib's) or .csv files")]
    public void Read_of_wrong_annotations_says_where_and_why(string name, string content, string message)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);

        AnnotationException exception = Assert.Throws<AnnotationException>(() => AnnotationReader.Read(path));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.csv", "there is no such file")]
    [InlineData("missing.xml", "there is no such file")]
    [InlineData("missing", "there is no such file")]
    [InlineData("", "no .xml annotations are in this folder")]
    public void Read_when_there_is_nothing_says_so(string name, string message)
    {
        AnnotationException exception = Assert.Throws<AnnotationException>(() => AnnotationReader.Read(Path.Combine(_folder.FullName, name)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
