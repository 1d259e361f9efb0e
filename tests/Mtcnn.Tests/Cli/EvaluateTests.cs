using System.Text.Json;

using CaffeSharp.Tests.Support;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Evaluation;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn evaluate`.</summary>
public sealed class EvaluateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Annotated_photos_when_evaluated_give_the_published_figures()
    {
        string folder = SharedFiles.Of("images/dlib-faces");

        string[] lines = MtcnnCommand.Run("evaluate", folder, "--refine").Expecting(0).Lines;

        string[] cells = Cells(lines[3]);
        Assert.Equal([folder, "9", "43", "43", "0", "1.000", "0", "0.000"], cells[..8]);
        Assert.StartsWith("0.049", cells[8], StringComparison.Ordinal);
        Assert.Equal("1.0000", cells[10]);
        Assert.Equal([["12net", "1818", "43", "1.000", "0"], ["24net", "327", "43", "1.000", "0"], ["48net", "43", "43", "1.000", "0"]], lines
            .Where(line => line.Contains("net ", StringComparison.Ordinal)).Select(Cells));
    }

    [Fact]
    public void A_report_holds_figures_curves_and_a_page_that_needs_no_other_file()
    {
        string report = Path.Combine(_folder.Path, "report");
        string set = SharedFiles.Of("images/dlib-faces");

        MtcnnCommand.Run("evaluate", set, "--profile", "mtcnn-caffe", "--report", report).Expecting(0);

        JsonElement figures = JsonElement.Parse(File.ReadAllText(Path.Combine(report, "figures.json"))).GetProperty("sets")[0];
        Assert.Equal((43, 36), (figures.GetProperty("faces").GetInt32(), figures.GetProperty("found").GetInt32()));
        Assert.Equal(36 / 43.0, figures.GetProperty("recall").GetDouble(), 9);
        Assert.Equal(36, figures.GetProperty("by_stage")[2].GetProperty("left").GetInt32());
        string page = File.ReadAllText(Path.Combine(report, "report.html"));
        Assert.Equal(7 + 24, page.Split("src=\"data:image/jpeg;base64,").Length - 1);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        foreach (string chart in (string[])["precision-recall", "landmark-errors", "recall-by-eye-distance", "recall-by-box-size", "recall-by-stage"])
        {
            Assert.True(new FileInfo(Path.Combine(report, chart + ".png")).Length > 1000);
            Assert.Contains("<svg", File.ReadAllText(Path.Combine(report, chart + ".svg")), StringComparison.Ordinal);
            Assert.StartsWith("series,x,y\n", File.ReadAllText(Path.Combine(report, chart + ".csv")), StringComparison.Ordinal);
        }

        string[] compared = MtcnnCommand.Run("evaluate", set, "--compare-with", Path.Combine(report, "figures.json")).Expecting(0).Lines;
        Assert.Contains(compared.Select(Cells), cells => cells is [_, "recall", "0.8372", "1.0000", "+0.1628"]);
    }

    [Fact]
    public void Lists_of_WIDER_and_FDDB_give_their_official_figures_and_result_files()
    {
        string images = CopyImage("0--Parade/0_Parade_1.jpg");
        WriteWiderLists();
        string fold = Path.Combine(_folder.Path, "FDDB-fold-01-ellipseList.txt");
        File.WriteAllText(fold, "0--Parade/0_Parade_1\n1\n30 25 1.5708 300 207.5 1\n");
        string results = Path.Combine(_folder.Path, "results");
        string detections = Path.Combine(_folder.Path, "fddb.txt");

        string[] lines = MtcnnCommand.Run(
            "evaluate", Path.Combine(_folder.Path, "lists"), fold, "--images", images, "--write-wider", results, "--write-fddb", detections).Expecting(0).Lines;

        string[] wider = lines.Select(Cells).First(cells => cells.Length == 6 && cells[0].EndsWith("lists", StringComparison.Ordinal));
        Assert.Equal("1.0000", wider[1]);
        string[] written = File.ReadAllLines(Path.Combine(results, "0--Parade", "0_Parade_1.txt"));
        Assert.Equal("0_Parade_1", written[0]);
        Assert.Equal(written.Length - 2, int.Parse(written[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(2, File.ReadAllLines(detections).Count(line => line == "0--Parade/0_Parade_1"));
        Assert.Contains("exists", MtcnnCommand.Run("evaluate", fold, "--images", images, "--write-fddb", detections).Expecting(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_when_missing_are_counted_before_any_work()
    {
        string csv = Path.Combine(_folder.Path, "faces.csv");
        File.WriteAllText(csv, "image,left,top,right,bottom\nno.jpg,1,2,3,4\nnor.jpg,1,2,3,4\n");

        string errors = MtcnnCommand.Run("evaluate", csv).Expecting(2).Errors;

        Assert.StartsWith($"mtcnn: {csv}: 2 of its 2 images are missing, the first is {Path.Combine(_folder.Path, "no.jpg")}.\n", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--overlap", "1.5", "--overlap must be a number above 0 and at most 1 (got \"1.5\")")]
    [InlineData("--smallest", "-3", "--smallest must be a number above 0 (got \"-3\")")]
    [InlineData("--landmark-unit", "nose", "nose")]
    [InlineData("--compare-with", "FOLDER/none.json", "none.json")]
    [InlineData("--compare-with", "FOLDER/broken.json", "not the figures of an evaluation")]
    [InlineData("--compare-with", "FOLDER/other.json", "not the figures of an evaluation")]
    public void Options_that_make_no_sense_are_refused(string option, string value, string message)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "broken.json"), "{");
        File.WriteAllText(Path.Combine(_folder.Path, "other.json"), "{\"a\": 1}");

        CommandResult result = MtcnnCommand.Run(
            "evaluate", SharedFiles.Of("images/dlib-faces"), option, value.Replace("FOLDER", _folder.Path, StringComparison.Ordinal)).Expecting(2);

        Assert.Empty(result.Output);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Official_lists_without_their_images_ask_for_them()
    {
        WriteWiderLists();

        Assert.Contains("--images DIR", MtcnnCommand.Run("evaluate", Path.Combine(_folder.Path, "lists")).Expecting(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_detector_that_finds_nothing_has_figures_too()
    {
        string csv = Path.Combine(_folder.Path, "faces.csv");
        CopyImage("photo.jpg");
        File.WriteAllText(csv, "image,left,top,right,bottom\nimages/photo.jpg,1,2,30,40\n");

        string[] lines = MtcnnCommand.Run(
            "evaluate", csv, "--thresholds", "1,1,1", "--report", Path.Combine(_folder.Path, "report")).Expecting(0).Lines;

        Assert.Equal([csv, "1", "1", "0", "1", "0.000", "0", "0.000", "", "", "0.0000"], Cells(lines[3]));
    }

    [Fact]
    public void Annotations_when_missing_are_named()
    {
        CommandResult result = MtcnnCommand.Run("evaluate", "/no/faces.csv").Expecting(2);

        Assert.Empty(result.Output);
        Assert.Equal("mtcnn: /no/faces.csv: there is no such file or folder.\n", result.Errors);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Cells(string line) => [.. line.Trim('│').Split('│').Select(cell => cell.Trim())];

    private string CopyImage(string name)
    {
        string path = Path.Combine(_folder.Path, "images", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(Directory.EnumerateFiles(SharedFiles.Of("images/dlib-faces"), "*.jpg").Order(StringComparer.Ordinal).First(), path);
        return Path.Combine(_folder.Path, "images");
    }

    // Only the image's first face, which dlib marks at 274, 181, is counted.
    private void WriteWiderLists()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "lists")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "wider_face_val.mat"), MatWriter.File(
            true,
            MatWriter.Cells("event_list", MatWriter.Text("", "0--Parade")),
            MatWriter.Cells("file_list", MatWriter.Cells("", MatWriter.Text("", "0_Parade_1"))),
            MatWriter.Cells("face_bbx_list", MatWriter.Cells("", MatWriter.Numbers("", MarkedFaces())))));
        foreach (string set in (string[])["easy", "medium", "hard"])
        {
            File.WriteAllBytes(
                Path.Combine(folder, $"wider_{set}_val.mat"),
                MatWriter.File(true, MatWriter.Cells("gt_list", MatWriter.Cells("", MatWriter.Numbers("", [1])))));
        }
    }

    private static double[][] MarkedFaces()
    {
        string first = Directory.EnumerateFiles(SharedFiles.Of("images/dlib-faces"), "*.jpg").Order(StringComparer.Ordinal).First();
        return [.. Mtcnn.Training.Annotations.AnnotationReader.Read(SharedFiles.Of("images/dlib-faces")).Images
            .Single(image => Path.GetFileName(image.Path) == Path.GetFileName(first)).Faces
            .Select(face => face.Box!.Value)
            .Select(box => new[] { box.Left, box.Top, box.Width, box.Height })];
    }
}
