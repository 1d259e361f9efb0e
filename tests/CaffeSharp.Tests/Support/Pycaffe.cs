using System.Diagnostics;
using System.Numerics.Tensors;

namespace CaffeSharp.Tests.Support;

/// <summary>The oracle: the original Python binding, in its own process.</summary>
internal static class Pycaffe
{
    private const string Variable = "CAFFESHARP_PYTHON";

    internal static string Python
    {
        get
        {
            string python = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
                ? named : Repository.Folder("build", "pycaffe", "python");
            if (SharedFolder.IsQuick || !File.Exists(python))
            {
                SharedFolder.Missing(
                    $"pycaffe at {python}", $"Run tests/pycaffe/setup-prefix.sh, or name a Python that has it with {Variable}.");
            }

            return python;
        }
    }

    /// <summary>Runs a net there; see tests/pycaffe/forward.py for the arguments and the names of the arrays.</summary>
    internal static IReadOnlyDictionary<string, Tensor<float>> Forward(params IReadOnlyList<string> arguments) =>
        Arrays("forward.py", arguments);

    /// <summary>Runs a solver there; see tests/pycaffe/solve.py for the arguments and the names of the arrays.</summary>
    internal static IReadOnlyDictionary<string, Tensor<float>> Solve(params IReadOnlyList<string> arguments) =>
        Arrays("solve.py", arguments);

    /// <summary>Runs jobs there; see tests/pycaffe/applications.py for the arguments and the names of the arrays.</summary>
    internal static IReadOnlyDictionary<string, Tensor<float>> Applications(params IReadOnlyList<string> arguments) =>
        Arrays("applications.py", arguments);

    /// <summary>Runs a net of data layers there; see tests/pycaffe/data_runs.py for the arguments and the names of the
    /// arrays.</summary>
    internal static IReadOnlyDictionary<string, Tensor<float>> DataRuns(params IReadOnlyList<string> arguments) =>
        Arrays("data_runs.py", arguments);

    /// <summary>Runs a script of tests/pycaffe; gives what it prints.</summary>
    internal static string RunScript(string script, params IReadOnlyList<string> arguments) =>
        ToolRun.Output(Python, [Repository.Folder("tests", "pycaffe", script), .. arguments]);

    /// <summary>Runs a script of tests/pycaffe there and gives Caffe's log.</summary>
    internal static string Log(string script, params IReadOnlyList<string> arguments) => ToolRun.Output(
        "sh", ["-c", "GLOG_minloglevel=0 GLOG_logtostderr=1 exec \"$@\" 2>&1", "sh", Python,
            Repository.Folder("tests", "pycaffe", script), .. arguments]);

    /// <summary>Runs lines of Python there, which have numpy as np and the arguments as args; gives what they print.</summary>
    internal static string Run(string lines, params IReadOnlyList<string> arguments) =>
        ToolRun.Output(Python, ["-c", "import sys\nimport numpy as np\nargs = sys.argv[1:]\n" + lines, .. arguments]);

    /// <summary>Starts lines of Python, which have the arguments as args; they are read from and written to.</summary>
    internal static Process Start(string lines, params IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(Python, ["-c", "import sys\nargs = sys.argv[1:]\n" + lines, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{Python} did not start.");
    }

    private static IReadOnlyDictionary<string, Tensor<float>> Arrays(string script, IReadOnlyList<string> arguments)
    {
        using TemporaryFolder folder = new();
        string output = folder.File("out.npz");
        ToolRun.Output(Python, [Repository.Folder("tests", "pycaffe", script), .. arguments, "--out", output]);
        return Npz.Read(output);
    }
}
