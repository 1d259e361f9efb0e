using System.Diagnostics;
using CaffeSharp.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>The samples, run as `dotnet run --project samples -- NAME` runs them.</summary>
public sealed class SamplesByNameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_sample_is_listed_where_none_is_named()
    {
        (int code, string output) = Run();

        Assert.Equal(0, code);
        Assert.All(["detect", "align", "compare", "layer", "lenet", "cascade", "video", "service"], name => Assert.Contains($"\n  {name} ", output, StringComparison.Ordinal));
    }

    [Fact]
    public void Detect_finds_the_sample_photos_face_and_draws_it()
    {
        SharedFolder.RequireOriginals();
        (int code, string output) = Run("detect");

        Assert.Equal(0, code);
        Assert.Contains("Faces found, and drawn in faces.png: 1\n", output, StringComparison.Ordinal);
        using Mat drawn = Cv2.ImRead(At("faces.png"));
        Assert.Equal(new Size(512, 512), drawn.Size());
    }

    [Fact]
    public void Align_writes_the_face_with_its_eyes_level()
    {
        (int code, string output) = Run("align");

        Assert.Equal(0, code);
        using Mat aligned = Cv2.ImRead(At("aligned-1.png"));
        Assert.Equal(new Size(112, 112), aligned.Size());
        double[] eyes = [.. output.Split('(', ')').Where((_, at) => at % 2 == 1).Select(point => double.Parse(point.Split(", ")[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(eyes[0], eyes[1], 2.0);
    }

    [Fact]
    public void Compare_agrees_with_pycaffe_blob_by_blob()
    {
        SharedFolder.RequireOriginals();
        (int code, string output) = Run("compare", Environment.GetEnvironmentVariable("CAFFESHARP_PYTHON")!);

        Assert.True(code == 0, output);
        Assert.Contains("prob1         2 numbers", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Layer_has_the_right_gradient_and_a_net_learns_with_it()
    {
        (int code, string output) = Run("layer");

        Assert.True(code == 0, output);
        Assert.Contains("512 gradients checked, 0 wrong.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Video_gives_the_one_face_one_number_in_all_frames()
    {
        (int code, string output) = Run("video");

        Assert.True(code == 0, output);
        Assert.Contains("Faces in 50 frames, drawn with their numbers in tracked.avi: 1\n", output, StringComparison.Ordinal);
        Assert.True(new FileInfo(At("tracked.avi")).Length > 100_000);
    }

    [Theory]
    [InlineData("no-sample", "", 2, "Usage")]
    [InlineData("detect", "none.jpg", 1, "none.jpg: there is no such file.")]
    [InlineData("video", "none.avi", 1, "none.avi is not a video that can be read.")]
    [InlineData("compare", "/no/python", 1, "/no/python")]
    [InlineData("cascade", "none.csv", 1, "none.csv")]
    [InlineData("service", "--Mtcnn:Profile=none", 1, "The service cannot start.")]
    public void A_mistake_is_a_message_and_an_exit_code(string sample, string argument, int expected, string words)
    {
        (int code, string output) = Run(argument.Length > 0 ? [sample, argument] : [sample]);

        Assert.Equal(expected, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private (int Code, string Output) Run(params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(BuiltSample.Dotnet, [BuiltSample.PathOf("Samples", "Mtcnn.Samples.dll"), .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, "\n" + output + errors.Result);
    }
}
