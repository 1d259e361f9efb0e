using CaffeSharp.Tests.Support;
using Mtcnn.Faces;
using Mtcnn.Tests.Support;
using Mtcnn.Training.Annotations;

namespace Mtcnn.Tests.Annotations;

public sealed class AnnotationReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_of_a_folder_with_dlib_XML_reduces_68_points_to_five()
    {
        AnnotationSet set = AnnotationReader.Read(SharedFiles.Of("images/dlib-faces"));

        Assert.Equal(MatchRule.BoxOverlap, set.Rule);
        Assert.Equal((9, 43), (set.Images.Count, set.Images.Sum(image => image.Faces.Count)));
        Assert.All(set.Images, image => Assert.True(File.Exists(image.Path)));
        Assert.All(set.Images.SelectMany(image => image.Faces), face => Assert.NotNull(face.Landmarks));
        AnnotatedFace first = set.Images[0].Faces[0];
        Assert.Equal(new Box(274, 181, 326, 234), first.Box);
    }

    [Theory]
    [InlineData("data/faces5/validation.csv", MatchRule.AroundMiddle, 1156, 1156)]
    [InlineData("data/webfaces/validation.csv", MatchRule.AroundPoints, 506, 839)]
    [InlineData("data/crowds.csv", MatchRule.BoxOverlap, 285, 1362)]
    public void Read_of_a_CSV_file_takes_the_columns_that_are_there(string path, MatchRule rule, int images, int faces)
    {
        AnnotationSet set = AnnotationReader.Read(SharedFiles.Of(path));

        Assert.Equal((rule, images, faces), (set.Rule, set.Images.Count, set.Images.Sum(image => image.Faces.Count)));
        Assert.True(File.Exists(set.Images[^1].Path));
    }

    [Theory]
    [InlineData("a.csv", "image,left,top\nx.jpg,1,2\n", "the header needs the column image")]
    [InlineData("a.csv", "image,left,top,right,bottom\nx.jpg,1,2,three,4\n", "row 1: the column right is not a number: \"three\"")]
    [InlineData("a.csv", "image,left,top,right,bottom\nx.jpg,1,2,3,NaN\n", "row 1: the column bottom is not a number: \"NaN\"")]
    [InlineData("a.csv", "", "header")]
    [InlineData("a.xml", "<dataset><images><image file='x.jpg'><box left='1' top='2' width='3'/></image></images></dataset>", "(1): <box> has no attribute height")]
    [InlineData("a.xml", "<dataset><images>", "not well-formed XML")]
    [InlineData("a.xml", "<dataset><image file='x.jpg'><box left='1' top='b' width='3' height='4'/></image></dataset>", "the attribute top is not a number: \"b\"")]
    [InlineData("a.txt", "some words that are not annotations", "this annotation format is unknown")]
    [InlineData("a.txt", "x 1 2 3 4\ny 1 2 3\n", "a.txt(2): expected a path and four edges per face, but the line has 3 numbers, which is not a multiple of four")]
    [InlineData("a.txt", "x 1 2 3 4\n\ny 1 2 3 four\n", "a.txt(3): expected a path and four edges per face, but \"four\" is not a number")]
    [InlineData("a.txt", "0--Parade/x.jpg\n2\n1 2 3 4 0 0 0 0 0 0\n", "a.txt(1): expected 2 faces, but the file ends after 1")]
    [InlineData("a.txt", "0--Parade/x.jpg\n1\n1 2 3 4 0 0 0 0\n", "a.txt(3): expected 10 numbers for a face, but the line has 8")]
    [InlineData("a.txt", "x.jpg\n1\n1 2 3 4 0 0 0 0 0 0\ny.jpg\n1 2 3 4 0 0 0 0 0 0\n", "a.txt(4): expected the number of faces in the next line")]
    [InlineData("a.xml", "<annotation>\n<filename>x.jpg</filename>\n<object><name>face</name></object></annotation>", "a.xml(3): <object> has no <bndbox>")]
    [InlineData("list_bbox_celeba.txt", "1\nimage_id x_1 y_1 width height\n000001.jpg 95 71 226 313\n", "list_landmarks_celeba.txt: there is no such file")]
    public void Read_of_wrong_annotations_says_where_and_why(string name, string content, string message)
    {
        string path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, content);

        AnnotationException exception = Assert.Throws<AnnotationException>(() => AnnotationReader.Read(path));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_WIDER_lists_marks_invalid_faces_to_ignore_and_leaves_out_those_without_a_size()
    {
        string path = Write("wider_face_train_bbx_gt.txt", """
            0--Parade/0_Parade_1.jpg
            3
            449 330 122 149 0 0 0 0 0 0
            10 20 30 40 1 0 0 1 2 0
            5 6 0 7 0 0 0 0 0 0
            0--Parade/0_Parade_2.jpg
            0
            0 0 0 0 0 0 0 0 0 0
            1--Handshaking/1_Handshaking_1.jpg
            1
            361 98 263 339 0 0 0 0 0 0

            """);

        AnnotationSet set = AnnotationReader.Read(path, images: "/images");

        Assert.Equal(["/images/0--Parade/0_Parade_1.jpg", "/images/0--Parade/0_Parade_2.jpg", "/images/1--Handshaking/1_Handshaking_1.jpg"], set.Images.Select(image => image.Path));
        Assert.Equal([2, 0, 1], set.Images.Select(image => image.Faces.Count));
        Assert.Equal((new Box(449, 330, 571, 479), false), (set.Images[0].Faces[0].Box, set.Images[0].Faces[0].IsIgnored));
        Assert.Equal((new Box(10, 20, 40, 60), true), (set.Images[0].Faces[1].Box, set.Images[0].Faces[1].IsIgnored));
        Assert.Equal($"{path}(9)", set.Images[2].Place);
        Assert.StartsWith($"{path}(5): a box of /images/0--Parade/0_Parade_1.jpg has no size (5, 6 to 5, 13)", Assert.Single(set.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_the_references_list_finds_the_extension_and_reports_faces_marked_twice()
    {
        _ = Directory.CreateDirectory(Path.Combine(_folder.Path, "a"));
        File.WriteAllText(Path.Combine(_folder.Path, "a", "two.v2.png"), string.Empty);
        string path = Write("list.txt", "a/one 1 2 30 40 5.5 6 70 80\na/two.v2 10 20 30 40\na/one 1 2 30 40 7 8 90 99\n");

        AnnotationSet set = AnnotationReader.Read(path);

        Assert.Equal(["a/one.jpg", "a/two.v2.png"], set.Images.Select(image => Path.GetRelativePath(_folder.Path, image.Path)));
        Assert.Equal([new Box(1, 2, 30, 40), new Box(5.5, 6, 70, 80), new Box(7, 8, 90, 99)], set.Images[0].Faces.Select(face => face.Box!.Value));
        Assert.StartsWith($"{path}(3): a face of", Assert.Single(set.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_FDDB_gives_the_boxes_around_the_ellipses()
    {
        _ = Write("FDDB-fold-01-ellipseList.txt", "2002/08/11/big/img_591\n1\n123.583300 85.549500 1.265839 269.693400 161.781200  1\n");

        AnnotationSet set = AnnotationReader.Read(_folder.Path);

        AnnotatedImage image = Assert.Single(set.Images);
        Assert.Equal("2002/08/11/big/img_591.jpg", Path.GetRelativePath(_folder.Path, image.Path));
        Assert.Equal(269.6934, Assert.Single(image.Faces).Box!.Value.Center.X, 9);
        Assert.EndsWith("ellipseList.txt(1)", image.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_CelebA_joins_boxes_and_points()
    {
        string path = Write("list_bbox_celeba.txt", "2\nimage_id x_1 y_1 width height\n000001.jpg    95  71 226 313\n000002.jpg    72  94 221 306\n");
        _ = Write(
            "list_landmarks_celeba.txt",
            "2\nlefteye_x lefteye_y righteye_x righteye_y nose_x nose_y leftmouth_x leftmouth_y rightmouth_x rightmouth_y\n"
            + "000001.jpg 165 184 244 176 196 249 194 271 266 260\n000002.jpg 140 204 220 204 168 254 146 289 226 289\n");

        AnnotationSet set = AnnotationReader.Read(path, images: "/celeba");

        Assert.Equal((MatchRule.AroundMiddle, 2), (set.Rule, set.Images.Count));
        AnnotatedFace face = Assert.Single(set.Images[0].Faces);
        Assert.Equal(new Box(95, 71, 321, 384), face.Box);
        Assert.Equal(new Landmarks(new(165, 184), new(244, 176), new(196, 249), new(194, 271), new(266, 260)), face.Landmarks);
    }

    [Fact]
    public void Read_of_Pascal_VOC_counts_pixels_from_0_and_ignores_the_difficult()
    {
        _ = Directory.CreateDirectory(Path.Combine(_folder.Path, "JPEGImages"));
        _ = Directory.CreateDirectory(Path.Combine(_folder.Path, "Annotations"));
        _ = Write("Annotations/1.xml", """
            <annotation><folder>VOC</folder><filename>1.jpg</filename>
              <object><name>face</name><bndbox><xmin>1</xmin><ymin>11</ymin><xmax>50</xmax><ymax>60</ymax></bndbox></object>
              <object><name>face</name><difficult>1</difficult><bndbox><xmin>101</xmin><ymin>11</ymin><xmax>110</xmax><ymax>20</ymax></bndbox></object>
            </annotation>
            """);

        AnnotationSet set = AnnotationReader.Read(Path.Combine(_folder.Path, "Annotations"));

        AnnotatedImage image = Assert.Single(set.Images);
        Assert.Equal(Path.Combine(_folder.Path, "JPEGImages", "1.jpg"), image.Path);
        Assert.Equal([(new Box(0, 10, 50, 60), false), (new Box(100, 10, 110, 20), true)], image.Faces.Select(face => (face.Box!.Value, face.IsIgnored)));
    }

    [Fact]
    public void Read_with_a_form_that_it_is_not_says_what_belongs_there()
    {
        string path = Write("list.txt", "x 1 2 30 40\n");

        Assert.Contains(
            "list.txt(1): expected the number of faces in the next line",
            Assert.Throws<AnnotationException>(() => AnnotationReader.Read(path, AnnotationFormats.Named("wider"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.csv", "there is no such file")]
    [InlineData("missing.xml", "there is no such file")]
    [InlineData("missing", "there is no such file")]
    [InlineData("", "this annotation format is unknown")]
    public void Read_when_there_is_nothing_says_so(string name, string message)
    {
        AnnotationException exception = Assert.Throws<AnnotationException>(() => AnnotationReader.Read(Path.Combine(_folder.Path, name)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Formats_have_names_that_commands_take_and_find_them_again()
    {
        Assert.Equal(AnnotationFormats.All.Count, AnnotationFormats.All.DistinctBy(format => format.Name).Count());
        Assert.All(AnnotationFormats.All, format =>
        {
            Assert.Matches("^[a-z]+$", format.Name);
            Assert.NotEmpty(format.Description);
            Assert.Same(format, AnnotationFormats.Named(format.Name));
        });
        Assert.Contains(
            $"no annotation format \"none\". Formats are {string.Join(", ", AnnotationFormats.All)}",
            Assert.Throws<ArgumentException>(() => AnnotationFormats.Named("none")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_an_unknown_file_lists_the_formats_that_are_known()
    {
        string path = Write("a.txt", "some words that are not annotations");

        string message = Assert.Throws<AnnotationException>(() => AnnotationReader.Read(path)).Message;

        Assert.All(AnnotationFormats.All, format => Assert.Contains($"  {format.Name}: {format.Description}", message, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, content);
        return path;
    }
}
