using System.Globalization;
using CaffeSharp.Tests.Support;
using Mtcnn.Alignment;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Packages;

/// <summary>The sample on Mtcnn.Core and SkiaSharp, published as a user does and run from its folder.</summary>
public sealed class SkiaSampleTests : IDisposable
{
    private const long LargestFolder = 30_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Published_sample_is_small_has_no_OpenCV_and_finds_and_aligns_the_faces_of_the_detector()
    {
        SharedFolder.RequireOriginals();
        string program = Publish();
        FileInfo[] files = new DirectoryInfo(program).GetFiles("*", SearchOption.AllDirectories);
        Assert.InRange(files.Sum(file => file.Length), 1_000_000, LargestFolder);
        Assert.DoesNotContain(files, file => file.Name.Contains("OpenCv", StringComparison.OrdinalIgnoreCase));

        // The pixels of a PNG are the same in each decoder, and the faces and the aligned pixels.
        (Face portrait, string alignedPath) = Assert.Single(Run(program, "astronaut.png"));
        Face expected = Assert.Single(Detectors.Authors.Detect(SharedFiles.Image("astronaut.png")));
        Assert.Equal(expected, portrait);
        using Mat photo = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        using AlignedMat aligned = new FaceAligner(112).Align(photo, expected.Landmarks);
        using Mat written = ImageReader.Read(alignedPath);
        Assert.Equal(0, Cv2.Norm(aligned.Image, written, NormTypes.L1));

        // JPEG decoders differ by a few grey levels in some pixels.
        (Face president, _) = Run(program, "obama.jpg")[0];
        Face golden = GoldenImage.Read("authors", "obama.jpg").Faces[0].Face;
        Assert.InRange(Math.Abs(golden.Score - president.Score), 0, 1e-3);
        Assert.InRange(golden.Box.OverlapWith(president.Box), 0.98, 1);
        Assert.All(golden.Landmarks.ToArray().Zip(president.Landmarks.ToArray()), pair => Assert.InRange(pair.First.DistanceTo(pair.Second), 0, 0.01 * golden.Box.Width));
    }

    // Built with the tests; publishing copies it and what it needs.
    private string Publish()
    {
        string program = Path.Combine(_folder.Path, "program");

        // The temporary files of MSBuild are deleted with those of this test.
        ToolRun.Output(
            "env", $"TMPDIR={_folder.Path}", "MSBUILDDISABLENODEREUSE=1", "dotnet", "publish", Repository.Folder("samples", "Skia"), "-c", "Release", "--no-build", "--nologo", "-o", program);
        return program;
    }

    private List<(Face Face, string Path)> Run(string program, string photo)
    {
        string output = ToolRun.Output(
            "dotnet", Path.Combine(program, "Mtcnn.Samples.Skia.dll"), SharedFiles.Image(photo), Path.Combine(_folder.Path, photo));
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => FaceOf(line.Split(' ')))];
    }

    private static (Face Face, string Path) FaceOf(string[] words)
    {
        double[] numbers = [.. words[..15].Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        IEnumerable<ImagePoint> points = numbers[5..].Chunk(2).Select(point => new ImagePoint(point[0], point[1]));
        return (
            new Face(new Box(numbers[0], numbers[1], numbers[2], numbers[3]), float.Parse(words[4], CultureInfo.InvariantCulture), new Landmarks([.. points])),
            words[15]);
    }
}
