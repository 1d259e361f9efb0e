using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using CaffeSharp;
using Mtcnn.Cli.Compare;
using Mtcnn.Cli.Terminal;
using Mtcnn.Detection;
using Mtcnn.Imaging;
using Mtcnn.Models;
using Mtcnn.Pixels;
using OpenCvSharp;

namespace Mtcnn.Cli.Doctor;

/// <summary>Checks every part that detection and comparison require.</summary>
internal static class Examination
{
    private const int TrialSide = 640;

    public static IEnumerable<Finding> Examine(ModelLocator locator) =>
    [
        Machine(),
        .. Caffe(),
        OpenCv(),
        .. ModelCatalog.Detection.Select(model => Model(model, locator)),
        Trial(locator),
        Oracle(),
    ];

    private static Finding Machine() => new(
        "Machine",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}"));

    private static IReadOnlyList<Finding> Caffe()
    {
        try
        {
            CaffeBuildInfo build = CaffeRuntime.BuildInfo;
            return
            [
                new("Native library", CaffeRuntime.NativeLibraryFile),
                new("Caffe", $"{build.CaffeVersion}, from {build.CaffeSource}, {CaffeRuntime.LayerTypes.Count} layer types, built by {build.Compiler}"),
                new("Its libraries", Libraries(build)),
                new("BLAS", string.Create(CultureInfo.InvariantCulture, $"{build.Blas}, {Count(CaffeRuntime.BlasThreads, "thread")}")),
                Gpu(build),
            ];
        }
        catch (Exception failure) when (failure is NativeLibraryException or CaffeException)
        {
            return [new("Native library", "cannot be used", failure.Message, StopsDetection: true)];
        }
    }

    private static string Libraries(CaffeBuildInfo build)
    {
        (string Name, string Version)[] libraries =
        [
            ("protobuf", build.ProtobufVersion), ("boost", build.BoostVersion), ("HDF5", build.Hdf5Version),
            ("LMDB", build.LmdbVersion), ("LevelDB", build.LevelDbVersion), ("images through", InputReader(build)),
        ];
        return string.Join(", ", libraries.Select(library => $"{library.Name} {(library.Version.Length > 0 ? library.Version : "left out")}"));
    }

    private static string InputReader(CaffeBuildInfo build) =>
        build.OpenCvVersion.StartsWith(nameof(CaffeSharp), StringComparison.Ordinal) ? build.OpenCvVersion : $"OpenCV {build.OpenCvVersion}";

    private static Finding Gpu(CaffeBuildInfo build)
    {
        if (!build.HasCuda)
        {
            return new("GPU", "this Caffe is built for the CPU (--device gpu requires a Caffe that is built with CUDA)");
        }

        string cudnn = build.HasCudnn ? ", cuDNN" : "";
        return CaffeRuntime.DeviceCount is > 0 and var devices
            ? new("GPU", $"CUDA {build.CudaVersion}{cudnn}, {Count(devices, "device")}")
            : new(
                "GPU",
                $"CUDA {build.CudaVersion}{cudnn}, but no device",
                "To use a GPU, install NVIDIA's driver; `nvidia-smi` must list the device. The CPU works without it.");
    }

    private static Finding OpenCv()
    {
        const string What = "OpenCV";
        try
        {
            // Reading an image loads OpenCV, and the exception names missing libraries.
            using Mat pixel = ImageReader.FromPixels([0], 1, 1, 1, PixelFormat.Gray8);
            return new(What, $"{Cv2.GetVersionString()}, through OpenCvSharp {OpenCvSharpVersion}");
        }
        catch (DllNotFoundException failure)
        {
            return new(What, "cannot be loaded", failure.Message, StopsDetection: true);
        }
    }

    private static string OpenCvSharpVersion =>
        typeof(Cv2).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static Finding Model(OriginalModel model, ModelLocator locator)
    {
        string what = $"Model {model.Name}";
        bool isNeeded = model != ModelCatalog.Landmarks;
        try
        {
            ModelVerification found = ModelVerifier.Verify(model, locator);
            return found.Status switch
            {
                ModelStatus.Original => new(what, $"{found.Path}, the original"),
                // Weights of the user are not a failure; the trial detection shows whether they work.
                ModelStatus.Unknown or ModelStatus.Trained => new(what, $"{found.Path}, not the original", found.Description),
                ModelStatus.Missing when locator.FindOwn(model) is { } own => new(what, $"{own}, this project's own weights, because the original is missing", found.Description),
                ModelStatus.Missing => new(what, isNeeded ? "missing" : "missing (only --refine needs it)", Missing(found, locator), isNeeded),
                _ => new(what, $"{found.Path}, not usable", found.Description, isNeeded),
            };
        }
        catch (ModelException failure)
        {
            return new(what, "cannot be read", failure.Message, isNeeded);
        }
    }

    private static string Missing(ModelVerification found, ModelLocator locator) =>
        $"{found.Description} Searched in: {string.Join(", ", locator.Folders)}";

    [SuppressMessage("Design", "CA1031", Justification = "Every exception that prevents detection is reported as a finding.")]
    private static Finding Trial(ModelLocator locator)
    {
        const string What = "Detection";
        try
        {
            using FaceDetector detector = new(new FaceDetectorOptions { Models = locator.Locate() });
            using Mat gray = new(TrialSide, TrialSide, MatType.CV_8UC3, Scalar.Gray);
            long start = Stopwatch.GetTimestamp();
            detector.Detect(gray);
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return new(What, string.Create(
                CultureInfo.InvariantCulture,
                $"works: {TrialSide} x {TrialSide} pixels without a face took {milliseconds:F0} ms on the first call"));
        }
        catch (Exception failure)
        {
            return new(What, "does not work", ErrorReport.Describe(failure), StopsDetection: true);
        }
    }

    private static Finding Oracle()
    {
        const string What = "pycaffe";
        return PycaffeLocation.Find(named: null) is { } python
            ? new(What, python)
            : new(What, "missing (only `mtcnn compare` needs it)", PycaffeLocation.HowToGet);
    }

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
