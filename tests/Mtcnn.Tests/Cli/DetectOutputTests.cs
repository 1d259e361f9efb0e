using System.Globalization;
using System.Text.Json;
using CaffeSharp.Tests.Support;
using Mtcnn.Cascade.Profiles;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Cli;

/// <summary>The output of `mtcnn detect` for readable images.</summary>
public sealed class DetectOutputTests
{
    private static readonly string[] Photos =
    [
        SharedFiles.Image(ImageFolder.TwoFaces), SharedFiles.Image("dlib-faces/2008_002470.jpg"), SharedFiles.Image("chelsea.png"),
        SharedFiles.Image("camera.png"), SharedFiles.Image("astronaut.png"), SharedFiles.Image("rocket.jpg"),
    ];

    [Theory]
    [InlineData("authors", false)]
    [InlineData("authors", true)]
    [InlineData("mtcnn-caffe", false)]
    public void Json_lines_when_compared_with_the_library_are_equal(string profile, bool refine)
    {
        SharedFolder.RequireOriginals();
        CommandResult result = MtcnnCommand
            .Run(["detect", .. Photos, "--profile", profile, .. refine ? ["--refine"] : Array.Empty<string>()])
            .Expecting(0);

        using FaceDetector detector = new(new FaceDetectorOptions { Profile = CascadeProfile.Parse(profile), RefineLandmarks = refine });
        JsonElement[] objects = result.Objects;
        Assert.Equal(Photos.Length, objects.Length);
        Assert.Empty(result.Errors);
        for (int index = 0; index < Photos.Length; index++)
        {
            using Mat image = ImageReader.Read(Photos[index]);
            IReadOnlyList<Face> expected = detector.Detect(image);
            Assert.Equal(Photos[index], objects[index].GetProperty("image").GetString());
            Assert.Equal(image.Width, objects[index].GetProperty("width").GetInt32());
            Assert.Equal(image.Height, objects[index].GetProperty("height").GetInt32());
            Assert.Equal(expected, [.. objects[index].GetProperty("faces").EnumerateArray().Select(FaceOf)]);
        }

        Assert.Equal(2, objects[0].GetProperty("faces").GetArrayLength());
    }

    [Fact]
    public void Output_when_four_images_run_at_a_time_is_in_the_order_of_the_arguments()
    {
        SharedFolder.RequireOriginals();
        // Large images come first, so that results out of order would be detected.
        string[] photos = [.. Enumerable.Repeat(Photos, 3).SelectMany(photos => photos).Append(SharedFiles.Image("biden.jpg")).OrderByDescending(photo => new FileInfo(photo).Length)];

        CommandResult four = MtcnnCommand.Run(["detect", .. photos, "-j", "4"]).Expecting(0);

        Assert.Equal(photos, four.Objects.Select(item => item.GetProperty("image").GetString()));
        Assert.Equal(MtcnnCommand.Run(["detect", .. photos, "--jobs", "1"]).Expecting(0).Output, four.Output);
    }

    [Fact]
    public void Json_when_read_is_an_array_of_the_objects_of_json_lines()
    {
        SharedFolder.RequireOriginals();
        JsonElement array = JsonElement.Parse(MtcnnCommand.Run(["detect", .. Photos, "--format", "json"]).Expecting(0).Output);

        string[] lines = MtcnnCommand.Run(["detect", .. Photos, "--format", "jsonl"]).Expecting(0).Lines;
        Assert.Equal(lines, array.EnumerateArray().Select(item => item.GetRawText()));
    }

    [Fact]
    public void Csv_when_names_hold_separators_is_quoted_and_has_one_row_per_face()
    {
        using ImageFolder folder = new();
        string odd = folder.Add("two, \"faces\".jpg");
        string cat = folder.Add("cat.png", "chelsea.png");
        string text = folder.Write("text.jpg", "no image"u8.ToArray());

        CommandResult result = MtcnnCommand.Run("detect", odd, cat, text, "--format", "csv").Expecting(1);

        JsonElement first = MtcnnCommand.Run("detect", odd).Expecting(0).Objects[0];
        string quoted = $"\"{folder.Path}/two, \"\"faces\"\".jpg\"";
        IEnumerable<string> rows = first.GetProperty("faces").EnumerateArray().Select((face, index) => string.Join(
            ',',
            [
                quoted, first.GetProperty("width").GetRawText(), first.GetProperty("height").GetRawText(),
                index.ToString(CultureInfo.InvariantCulture), face.GetProperty("score").GetRawText(),
                .. face.GetProperty("box").EnumerateArray().Select(edge => edge.GetRawText()),
                .. face.GetProperty("landmarks").EnumerateArray().SelectMany(point => point.EnumerateArray()).Select(value => value.GetRawText()),
                string.Empty,
            ]));
        string[] lines = result.Lines;
        Assert.StartsWith("image,width,height,face,score,left,top,right,bottom,left_eye_x,", lines[0], StringComparison.Ordinal);
        Assert.Equal(rows, lines[1..3]);
        Assert.Equal($"{cat},451,300{new string(',', 17)}", lines[3]);
        Assert.StartsWith($"{text},,,{new string(',', 16)}\"", lines[4], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
        Assert.All(lines[..4], line => Assert.Equal(20, FieldsOf(line)));
    }

    [Fact]
    public void Table_when_redirected_is_plain_and_unfolded()
    {
        SharedFolder.RequireOriginals();
        string[] lines = MtcnnCommand.Run("detect", Photos[0], Photos[2], "--format", "table").Expecting(0).Lines;

        Assert.DoesNotContain('\e', string.Concat(lines));
        Assert.Contains("Landmarks", lines[1], StringComparison.Ordinal);
        Assert.Contains(Photos[0], lines[3], StringComparison.Ordinal);
        Assert.Matches(@"│ +0 │ +[01]\.\d{4} │", lines[3]);
        Assert.Contains("no face", lines[5], StringComparison.Ordinal);
        Assert.Equal(7, lines.Length);
    }

    [Fact]
    public void An_image_when_on_standard_input_is_named_by_a_dash()
    {
        SharedFolder.RequireOriginals();
        CommandResult result = new MtcnnCommand { Input = File.ReadAllBytes(Photos[0]) }.RunWith("detect", "-").Expecting(0);

        string expected = MtcnnCommand.Run("detect", Photos[0]).Expecting(0).Output;
        Assert.Equal(expected.Replace($"\"{Photos[0]}\"", "\"-\"", StringComparison.Ordinal), result.Output);
    }

    [Theory]
    [InlineData("largest")]
    [InlineData("most-probable")]
    [InlineData("most-central")]
    public void Selection_when_one_face_is_asked_for_gives_one(string selection)
    {
        SharedFolder.RequireOriginals();
        Assert.Equal(1, CountFaces(MtcnnCommand.Run("detect", Photos[1], "--select", selection)));
    }

    [Fact]
    public void Options_when_they_limit_faces_leave_fewer()
    {
        SharedFolder.RequireOriginals();
        int all = CountFaces(MtcnnCommand.Run("detect", Photos[1]));
        Assert.True(all > 3, $"There are {all} faces.");
        Assert.Equal(2, CountFaces(MtcnnCommand.Run("detect", Photos[1], "--max-faces", "2")));
        Assert.Equal(0, CountFaces(MtcnnCommand.Run("detect", Photos[1], "--min-face", "1000")));
        Assert.Equal(0, CountFaces(MtcnnCommand.Run("detect", Photos[1], "--max-face", "12")));
        Assert.Equal(0, CountFaces(MtcnnCommand.Run("detect", Photos[1], "--thresholds", "0.6,0.7,1")));
        Assert.True(CountFaces(MtcnnCommand.Run("detect", Photos[1], "--thresholds", "0.5,0.5,0.3", "--factor", "0.8")) >= all);
    }

    private static int CountFaces(CommandResult result) => result.Expecting(0).Objects[0].GetProperty("faces").GetArrayLength();

    private static Face FaceOf(JsonElement face)
    {
        double[] box = [.. face.GetProperty("box").EnumerateArray().Select(edge => edge.GetDouble())];
        ImagePoint[] points =
        [
            .. face.GetProperty("landmarks").EnumerateArray().Select(point => new ImagePoint(point[0].GetDouble(), point[1].GetDouble())),
        ];
        return new Face(new Box(box[0], box[1], box[2], box[3]), face.GetProperty("score").GetSingle(), new Landmarks(points));
    }

    // Counts the fields of a CSV row: commas outside of quotes.
    private static int FieldsOf(string row) =>
        row.Split('"').Where((_, index) => index % 2 == 0).Sum(part => part.Count(character => character == ',')) + 1;
}
