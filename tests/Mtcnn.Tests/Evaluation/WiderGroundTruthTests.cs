using CaffeSharp.Tests.Support;
using Mtcnn.Faces;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Evaluation.Wider;

namespace Mtcnn.Tests.Evaluation;

public sealed class WiderGroundTruthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_of_the_official_lists_gives_boxes_and_what_counts(bool compressed)
    {
        WriteLists(compressed);

        IReadOnlyList<WiderImage> images = WiderGroundTruth.Read(_folder.Path);

        Assert.Equal(["0--Parade/parade_1.jpg", "0--Parade/parade_2.jpg", "1--Handshaking/hands_1.jpg"], images.Select(image => image.RelativePath));
        Assert.Equal([new Box(10, 20, 40, 60), new Box(1.5, 2.5, 12, 14)], images[0].Boxes);
        Assert.Equal([1], images[0].Counted[WiderDifficulty.Easy]);
        Assert.Equal([0, 1], images[0].Counted[WiderDifficulty.Hard]);
        Assert.Empty(images[1].Boxes);
        Assert.Empty(images[1].Counted[WiderDifficulty.Medium]);
        Assert.Equal([new Box(5, 6, 12, 14)], images[2].Boxes);
    }

    [Fact]
    public void Read_when_a_file_is_missing_names_it()
    {
        WriteLists(compressed: true);
        File.Delete(Path.Combine(_folder.Path, "wider_medium_val.mat"));

        Assert.Contains("wider_medium_val.mat", Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_when_a_file_is_none_of_MATLABs_says_so()
    {
        WriteLists(compressed: true);
        File.WriteAllText(Path.Combine(_folder.Path, "wider_easy_val.mat"), "easy");

        Assert.Contains("wider_easy_val.mat: not a MAT file", Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_when_a_file_is_of_version_7_3_says_what_fixes_it()
    {
        WriteLists(compressed: true);
        string path = Path.Combine(_folder.Path, "wider_easy_val.mat");
        byte[] bytes = File.ReadAllBytes(path);
        "MATLAB 7.3"u8.CopyTo(bytes);
        File.WriteAllBytes(path, bytes);

        Assert.Contains("save -v7", Failure(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_when_a_file_is_cut_short_anywhere_says_where(bool compressed)
    {
        WriteLists(compressed);
        string path = Path.Combine(_folder.Path, WiderGroundTruth.BoxesFile);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);

            Assert.Contains(WiderGroundTruth.BoxesFile, Failure(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_when_a_list_counts_a_face_that_is_not_marked_names_the_image()
    {
        WriteLists(compressed: false);
        File.WriteAllBytes(
            Path.Combine(_folder.Path, "wider_hard_val.mat"),
            MatWriter.File(false, MatWriter.Cells("gt_list", MatWriter.Cells("", MatWriter.Numbers("", [1], [3]), MatWriter.Nothing), MatWriter.Cells("", MatWriter.Numbers("", [1])))));

        Assert.Contains("0--Parade/parade_1: the list of faces to count contains face 3, but only 2 faces are marked", Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_when_a_list_is_of_other_images_says_so()
    {
        WriteLists(compressed: false);
        File.WriteAllBytes(Path.Combine(_folder.Path, "wider_hard_val.mat"), MatWriter.File(false, MatWriter.Cells("gt_list", MatWriter.Cells(""))));
        Assert.Contains("gt_list has 1 members instead of 2", Failure(), StringComparison.Ordinal);

        File.WriteAllBytes(Path.Combine(_folder.Path, "wider_hard_val.mat"), MatWriter.File(false, MatWriter.Text("other", "x")));
        Assert.Contains("the variable gt_list of the official", Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_makes_the_files_that_the_official_evaluation_reads()
    {
        Face face = new(new Box(10.25, 20, 40.5, 61), 0.987654f, default);

        WiderResultFiles.Write(_folder.Path, "0--Parade/parade_1.jpg", [face]);
        WiderResultFiles.Write(_folder.Path, "0--Parade/parade_2.jpg", []);

        Assert.Equal(["parade_1", "1", "10.25 20 30.25 41 0.987654"], File.ReadAllLines(Path.Combine(_folder.Path, "0--Parade", "parade_1.txt")));
        Assert.Equal(["parade_2", "0"], File.ReadAllLines(Path.Combine(_folder.Path, "0--Parade", "parade_2.txt")));
    }

    public void Dispose() => _folder.Dispose();

    private string Failure() => Assert.Throws<AnnotationException>(() => WiderGroundTruth.Read(_folder.Path)).Message;

    private void WriteLists(bool compressed)
    {
        byte[] boxes = MatWriter.Cells(
            "face_bbx_list",
            MatWriter.Cells("", MatWriter.Numbers("", [10, 20, 30, 40], [1.5, 2.5, 10.5, 11.5]), MatWriter.Nothing),
            MatWriter.Cells("", MatWriter.Numbers("", [5, 6, 7, 8])));
        byte[] events = MatWriter.Cells("event_list", MatWriter.Text("", "0--Parade"), MatWriter.Text("", "1--Handshaking"));
        byte[] files = MatWriter.Cells(
            "file_list", MatWriter.Cells("", MatWriter.Text("", "parade_1"), MatWriter.Text("", "parade_2")), MatWriter.Cells("", MatWriter.Text("", "hands_1")));
        Write(WiderGroundTruth.BoxesFile, compressed, events, files, boxes);
        foreach (WiderDifficulty difficulty in Enum.GetValues<WiderDifficulty>())
        {
            byte[] first = difficulty == WiderDifficulty.Easy ? MatWriter.Numbers("", [2]) : MatWriter.Numbers("", [1], [2]);
            Write(
                WiderGroundTruth.FileOf(difficulty),
                compressed,
                MatWriter.Cells("gt_list", MatWriter.Cells("", first, MatWriter.Nothing), MatWriter.Cells("", MatWriter.Numbers("", [1]))));
        }
    }

    private void Write(string name, bool compressed, params byte[][] variables) =>
        File.WriteAllBytes(Path.Combine(_folder.Path, name), MatWriter.File(compressed, variables));
}
