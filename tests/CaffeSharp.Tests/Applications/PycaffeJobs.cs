using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;
using CaffeSharp.Imaging;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Applications;

/// <summary>Jobs for tests/pycaffe/applications.py, done together in one process.</summary>
internal sealed class PycaffeJobs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Dictionary<string, object?>> _jobs = [];
    private int _files;

    public void Dispose() => _folder.Dispose();

    /// <summary>Adds a job; its members are those of the script.</summary>
    internal void Add(string name, string kind, object members)
    {
        Dictionary<string, object?> job = members.GetType().GetProperties()
            .ToDictionary(property => property.Name, property => property.GetValue(members));
        job["name"] = name;
        job["kind"] = kind;
        _jobs.Add(job);
    }

    /// <summary>Writes an image as the script reads it; gives the file.</summary>
    internal string File(FloatImage image) => File(image.Pixels, image.Height, image.Width, image.Channels);

    internal string File(Tensor<float> tensor) => File(tensor.Values(), tensor.Shape());

    internal string File(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        string path = Path($"{_files++.ToString(CultureInfo.InvariantCulture)}.npy");
        Npy.Write(path, values, shape);
        return path;
    }

    /// <summary>A file in the folder that goes with the jobs.</summary>
    internal string Path(string name) => _folder.File(name);

    /// <summary>Settings as the script reads them.</summary>
    internal Dictionary<string, object> Settings(TransformerSettings settings, bool withTranspose)
    {
        Dictionary<string, object> result = [];
        if (withTranspose && settings.Transpose is { } transpose)
        {
            result["transpose"] = transpose;
        }

        if (settings.ChannelSwap is { } swap)
        {
            result["channel_swap"] = swap;
        }

        if (settings.RawScale is { } rawScale)
        {
            result["raw_scale"] = rawScale;
        }

        if (settings.Mean is { } mean)
        {
            result["mean"] = File(mean);
        }

        if (settings.InputScale is { } inputScale)
        {
            result["input_scale"] = inputScale;
        }

        return result;
    }

    internal IReadOnlyDictionary<string, Tensor<float>> Run()
    {
        string jobs = Path("jobs.json");
        System.IO.File.WriteAllText(jobs, JsonSerializer.Serialize(_jobs));
        return Pycaffe.Applications("--jobs", jobs);
    }
}
