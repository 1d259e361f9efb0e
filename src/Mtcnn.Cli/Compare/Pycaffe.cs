using System.Numerics.Tensors;
using System.Reflection;
using CaffeSharp;
using Mtcnn.Cascade.Nets;
using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Compare;

/// <summary>
/// The original Python binding, run as its own program for every forward pass, with the scripts of tests/pycaffe.
/// Owns a temporary folder.
/// </summary>
internal sealed class Pycaffe : IDisposable
{
    private const string BlobPrefix = "data/";

    private static readonly string[] Scripts = ["describe.py", "forward.py", "oracle.py"];

    private readonly string _python;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtcnn-compare-");

    public Pycaffe(string python)
    {
        _python = python;
        foreach (string script in Scripts)
        {
            using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(script)!;
            using FileStream file = File.Create(PathOf(script));
            resource.CopyTo(file);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Returns a description of this pycaffe. Throws <see cref="CommandException"/> if pycaffe does not work.</summary>
    public async Task<string> DescribeAsync(CancellationToken stop)
    {
        ChildResult result = await ChildProcess.RunAsync(_python, [PathOf("describe.py")], stop).ConfigureAwait(false);
        return result.ExitCode == 0
            ? string.Join(", ", result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            : throw new CommandException(
                $"{_python} cannot import a working pycaffe:\n{result.Errors.Trim()}",
                $"Name another Python with --python PATH or ${PycaffeLocation.Variable}.");
    }

    /// <summary>Runs a net forward on one input.</summary>
    /// <param name="definition">The net.</param>
    /// <param name="weights">Its caffemodel.</param>
    /// <param name="input">The input blob, with its values and shape.</param>
    /// <param name="stop">Cancels the run.</param>
    /// <returns>The values of every blob, row-major, by blob name.</returns>
    public async Task<IReadOnlyDictionary<string, float[]>> ForwardAsync(
        NetworkDefinition definition, string weights, Blob input, CancellationToken stop)
    {
        string prototxt = PathOf(definition.FileName);
        await File.WriteAllTextAsync(prototxt, definition.Prototxt, stop).ConfigureAwait(false);
        string values = PathOf("input.npy");
        input.SaveNpy(values);
        string output = PathOf("output.npz");
        ChildResult result = await ChildProcess.RunAsync(
            _python,
            [PathOf("forward.py"), "--prototxt", prototxt, "--weights", Path.GetFullPath(weights), "--input", $"{input.Name}={values}", "--out", output],
            stop).ConfigureAwait(false);
        return result.ExitCode == 0
            ? Npz.Read(output)
                .Where(array => array.Key.StartsWith(BlobPrefix, StringComparison.Ordinal))
                .ToDictionary(array => array.Key[BlobPrefix.Length..], array => ValuesOf(array.Value))
            : throw new CommandException($"pycaffe could not run {definition} (exit code {result.ExitCode}):\n{result.Errors.Trim()}");
    }

    private static float[] ValuesOf(Tensor<float> tensor)
    {
        float[] values = new float[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);
}
