using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using CaffeSharp.Tests.Support;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Support;

namespace Mtcnn.Tests.Detection;

/// <summary>
/// Two detectors, a solver and asynchronous passes at once in their own process (bench/Threads): no more threads compute than the budget has,
/// by its own count and by the time that all threads had on processors.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class ThreadBudgetTests
{
    // An allowance for the runtime's threads, and for the callers' code outside the budget.
    private const double OtherWork = 1.2;

    private static readonly Lazy<Observation> s_one = new(() => Run([], "--threads", "1"));

    [Fact]
    public void Budget_of_one_keeps_the_process_to_one_thread()
    {
        Observation one = s_one.Value;
        Assert.Equal(1, one.Threads);
        AssertKept(one);
    }

    [Fact]
    public void Processor_affinity_is_the_budget()
    {
        Observation pinned = Run(["taskset", "-c", FirstProcessor()]);
        Assert.Equal(1, pinned.Threads);
        AssertKept(pinned);
        Assert.Equal(s_one.Value.Digest, pinned.Digest);
    }

    [Fact]
    public void Whole_machine_is_the_budget_unless_it_is_set()
    {
        Observation all = Run([]);
        Assert.Equal(Environment.ProcessorCount, all.Threads);
        AssertKept(all);
        Assert.Equal(s_one.Value.Digest, all.Digest);
    }

    [Fact]
    public void Results_do_not_depend_on_the_budget()
    {
        Assert.Equal(s_one.Value.Digest, Run([], "--threads", "2").Digest);
        Assert.Equal(s_one.Value.Digest, Run([], "--threads", "4").Digest);
    }

    [Fact]
    public void Quota_of_a_control_group_is_the_budget()
    {
        using ControlGroup? group = ControlGroup.Create(processors: 1);
        if (group is null)
        {
            // Only root can create a control group. Parsing the files of both versions is tested in native/tests/core/budget_test.c; here it is tested
            // that the native half does not allow more than .NET, which reads the same files, sees for this process.
            Assert.InRange(CaffeSharp.CaffeRuntime.Threads, 1, Environment.ProcessorCount);
            return;
        }

        Observation limited = Run(["bash", "-c", $"echo $$ > '{group.Members}'; exec \"$0\" \"$@\""]);
        Assert.Equal(1, limited.Threads);
        AssertKept(limited);
        Assert.Equal(s_one.Value.Digest, limited.Digest);
    }

    private static void AssertKept(Observation seen)
    {
        Assert.InRange(seen.MostHeld, 1, seen.Threads);
        Assert.InRange(seen.ProcessorSeconds, 0, seen.WallSeconds * seen.Threads * OtherWork);
        Assert.True(seen.Images > 0 && seen.Steps > 0 && seen.Passes > 0, $"{seen}");
    }

    // The first processor that the process may run on.
    private static string FirstProcessor() => File.ReadLines("/proc/self/status")
        .Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1].Trim().Split(',', '-')[0];

    private static Observation Run(string[] before, params string[] options)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Mtcnn.ThreadBudget");

        // Tiered compilation must not use .NET threads during the measurement.
        CommandResult result = new MtcnnCommand { Program = ["env", "DOTNET_TieredCompilation=0", .. before, program] }.RunWith(
            [.. options, "--seconds", "2", SharedFiles.Image("rocket.jpg"), SharedFiles.Image("obama.jpg")]);
        return JsonSerializer.Deserialize<Observation>(result.Expecting(0).Output, JsonSerializerOptions.Web)!;
    }

    [SuppressMessage("Performance", "CA1812", Justification = "The JSON reader makes them.")]
    private sealed record Observation(
        int Threads, int MostHeld, double WallSeconds, double ProcessorSeconds, int Images, int Steps, int Passes, string Digest);

    /// <summary>A control group with a quota, of the version that this machine uses. It is removed at the end.</summary>
    private sealed class ControlGroup : IDisposable
    {
        private const int Period = 100_000;

        private readonly string _folder;

        private ControlGroup(string folder) => _folder = folder;

        public string Members => Path.Combine(_folder, "cgroup.procs");

        /// <returns>The control group; null if it cannot be created.</returns>
        public static ControlGroup? Create(int processors)
        {
            string name = $"caffesharp-tests-{Environment.ProcessId}";
            string quota = (processors * Period).ToString(CultureInfo.InvariantCulture);
            return Create($"/sys/fs/cgroup/cpu/{name}", "cpu.cfs_quota_us", quota)
                ?? Create($"/sys/fs/cgroup/{name}", "cpu.max", $"{quota} {Period}");
        }

        public void Dispose()
        {
            // The group is empty after its last process has ended.
            for (int attempt = 0; attempt < 50 && Directory.Exists(_folder); attempt++)
            {
                try
                {
                    Directory.Delete(_folder);
                }
                catch (IOException)
                {
                    Thread.Sleep(100);
                }
            }
        }

        private static ControlGroup? Create(string folder, string file, string quota)
        {
            try
            {
                if (!Directory.Exists(Path.GetDirectoryName(folder)))
                {
                    return null;
                }

                Directory.CreateDirectory(folder);
                ControlGroup group = new(folder);
                if (File.Exists(Path.Combine(folder, file)))
                {
                    File.WriteAllText(Path.Combine(folder, file), quota);
                    return group;
                }

                group.Dispose();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // It belongs to another user, or is mounted read-only.
            }

            return null;
        }
    }
}
