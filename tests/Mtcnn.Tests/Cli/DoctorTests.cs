using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Cli;

/// <summary>`mtcnn doctor`.</summary>
public sealed class DoctorTests
{
    [Fact]
    public void Everything_when_it_is_there_is_found_and_detection_runs()
    {
        CommandResult result = MtcnnCommand.Run("doctor").Expecting(0);

        foreach (string found in (string[])
            ["libcaffesharp.so", "1.0.0, from ", "protobuf ", "boost ", "BLAS ", "OpenCvSharp", "GPU", SharedFiles.Weights("48net"), "works: 640 x 640"])
        {
            Assert.Contains(found, result.Output, StringComparison.Ordinal);
        }

        Assert.EndsWith("Faces can be detected.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_when_missing_are_reported_with_the_fix()
    {
        using InstalledCopy copy = new();

        CommandResult result = copy.Command.RunWith("doctor").Expecting(1);

        Assert.Contains("Model 12net: 12net.caffemodel: not found. Run: mtcnn models fetch", result.Output, StringComparison.Ordinal);
        Assert.Contains("pycaffe: Name a Python", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("Faces cannot be detected yet.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_native_library_when_it_cannot_be_loaded_is_reported_with_the_fix()
    {
        CommandResult result = new MtcnnCommand().With("CAFFESHARP_LIBRARY", "/no/libcaffesharp.so").RunWith("doctor").Expecting(1);

        Assert.Contains("/no/libcaffesharp.so: no such file", result.Output, StringComparison.Ordinal);
        Assert.Contains("./build.sh build", result.Output, StringComparison.Ordinal);
        Assert.Contains("4.13.0, through OpenCvSharp", result.Output, StringComparison.Ordinal);
    }
}
