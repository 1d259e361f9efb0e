using System.Diagnostics;
using System.Numerics.Tensors;
using OpenCvSharp;

namespace CaffeSharp.Samples;

/// <summary>Runs 48net on a photo's face in this process and in pycaffe, and holds every blob against the other's.</summary>
internal static class CompareSample
{
    private const int Side = 48;

    // What Caffe's own layers and pycaffe's, built with another compiler and another BLAS, may differ by.
    private const float Tolerance = 1e-4f;

    /// <summary>Takes the path of a Python that has pycaffe.</summary>
    /// <returns>Whether every number agrees.</returns>
    internal static bool Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        if (arguments.Count != 1)
        {
            output.WriteLine("Name a Python that has pycaffe: compare /usr/bin/python3 (Debian 11: apt-get install python3-caffe-cpu).");
            return false;
        }

        string prototxt = Beside("48net.prototxt");
        string weights = Beside(Path.Combine("models", "48net.caffemodel"));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("compare-");
        try
        {
            // The same input for both, as numpy reads it.
            string input = Path.Combine(folder.FullName, "input.npy");
            string result = Path.Combine(folder.FullName, "pycaffe.npz");
            using Net net = Net.FromFile(prototxt, weights);
            net.Blobs["data"].Reshape(1, 3, Side, Side);
            net.Blobs["data"].CopyFrom(FaceInput());
            net.Blobs["data"].SaveNpy(input);
            net.Forward();
            RunPython(arguments[0], Beside("forward.py"), "--prototxt", prototxt, "--weights", weights, "--input", $"data={input}", "--out", result);

            float largest = 0;
            foreach ((string name, Tensor<float> theirs) in Npz.Read(result).Where(array => array.Key.StartsWith("data/", StringComparison.Ordinal)))
            {
                ReadOnlyTensorSpan<float> ours = net.Blobs[name["data/".Length..]].Data.AsTensorSpan();
                float difference = Math.Abs(Tensor.MaxMagnitude<float>(Tensor.Subtract<float>(ours, theirs)));
                output.WriteLine($"{name["data/".Length..],-8} {ours.FlattenedLength,6} numbers, largest difference {difference:E1}");
                largest = Math.Max(largest, difference);
            }

            return largest < Tolerance;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The portrait's face as 48net takes it: blue, green and red planes, transposed, (value - 127.5) / 128.</summary>
    private static float[] FaceInput()
    {
        using Mat photo = Cv2.ImRead(SamplePhoto.PathOf([]));
        using Mat face = photo[new Rect(178, 66, 96, 96)].Resize(new Size(Side, Side));
        float[] input = new float[3 * Side * Side];
        for (int x = 0; x < Side; x++)
        {
            for (int y = 0; y < Side; y++)
            {
                Vec3b pixel = face.At<Vec3b>(y, x);
                for (int channel = 0; channel < 3; channel++)
                {
                    input[(((channel * Side) + x) * Side) + y] = (pixel[channel] - 127.5f) / 128;
                }
            }
        }

        return input;
    }

    private static void RunPython(string python, params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardError = true })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new IOException($"{python} failed: {said.TrimEnd().Split('\n')[^1]}");
        }
    }

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
