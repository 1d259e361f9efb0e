using CaffeSharp;
using CaffeSharp.Samples;
using Mtcnn.Imaging;
using Mtcnn.Models;
using Mtcnn.Training;
using Mtcnn.Training.Annotations;

namespace Mtcnn.Samples;

/// <summary>Runs a sample by its name; without one it lists them.</summary>
internal static class Program
{
    private static readonly Dictionary<string, (string Arguments, string Words, Func<IReadOnlyList<string>, TextWriter, bool> Run)> s_samples = new()
    {
        ["detect"] = ("[PHOTO]", "finds the faces of a photo and draws them", DetectSample.Run),
        ["align"] = ("[PHOTO]", "cuts them out as networks that recognise faces want them", AlignSample.Run),
        ["compare"] = ("PYTHON", "holds every blob of a net against pycaffe's", CompareSample.Run),
        ["layer"] = ("", "a layer in C#: its gradient is checked, a net learns with it", LayerSample.Run),
        ["lenet"] = ("", "trains LeNet to read rendered digits, through LMDB", LenetSample.Run),
        ["cascade"] = ("PHOTOS.csv", "trains a small cascade from photos with marked faces", CascadeSample.Run),
        ["video"] = ("[VIDEO]", "follows the faces of a video", VideoSample.Run),
        ["service"] = ("[--SETTING=VALUE ...]", "detection over HTTP", ServiceSample.Run),
    };

    private static int Main(string[] arguments)
    {
        if (arguments.Length > 0 && s_samples.TryGetValue(arguments[0], out var sample))
        {
            try
            {
                return sample.Run(arguments[1..], Console.Out) ? 0 : 1;
            }
            catch (Exception failure) when (failure is CaffeException or ImageException or ModelException or AnnotationException or RunException or IOException or UnauthorizedAccessException
                or System.ComponentModel.Win32Exception)
            {
                Console.Error.WriteLine(failure.Message);
                return 1;
            }
        }

        Console.WriteLine("Usage: dotnet run --project samples -c Release -- NAME [ARGUMENT]\n");
        foreach ((string known, (string taken, string words, _)) in s_samples)
        {
            Console.WriteLine($"  {known + " " + taken,-32} {words}");
        }

        return arguments.Length == 0 ? 0 : 2;
    }
}
