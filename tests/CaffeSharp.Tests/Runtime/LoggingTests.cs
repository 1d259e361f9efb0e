using CaffeSharp.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CaffeSharp.Tests.Runtime;

/// <summary>Caffe's log lines in a .NET logger.</summary>
[Collection(AloneCollection.Name)]
public sealed class LoggingTests : LeakGate
{
    [Fact]
    public void Lines_of_making_a_net_reach_the_logger_with_file_and_line()
    {
        RecordingLogger logger = new();
        CaffeRuntime.UseLogger(logger, LogLevel.Information);
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);

        Assert.Contains(logger.Lines, line => line.Level == LogLevel.Information
            && line.Text.StartsWith("Creating Layer conv1 (", StringComparison.Ordinal)
            && System.Text.RegularExpressions.Regex.IsMatch(line.Text, @"\(.*net\.cpp:\d+\)$"));
    }

    [Fact]
    public void Lines_below_the_minimum_are_not_sent()
    {
        RecordingLogger logger = new();
        CaffeRuntime.UseLogger(logger);
        using Net net = Net.FromFile(Originals.Net12, Originals.Weights12);
        Assert.DoesNotContain(logger.Lines, line => line.Level < LogLevel.Warning);

        CaffeRuntime.UseLogger(logger, LogLevel.None);
        using Net silent = Net.FromFile(Originals.Net12);
        Assert.DoesNotContain(logger.Lines, line => line.Level < LogLevel.Warning);
    }

    [Fact]
    public void Logger_that_was_replaced_hears_no_more()
    {
        RecordingLogger first = new();
        RecordingLogger second = new();
        CaffeRuntime.UseLogger(first, LogLevel.Trace);
        using (Net.FromFile(Originals.Net12))
        {
        }

        int heard = first.Lines.Count;
        CaffeRuntime.UseLogger(second, LogLevel.Trace);
        using (Net.FromFile(Originals.Net12))
        {
        }

        Assert.NotEqual(0, heard);
        Assert.Equal(heard, first.Lines.Count);
        Assert.NotEmpty(second.Lines);
    }

    [Fact]
    public void Logger_that_throws_does_not_stop_the_run()
    {
        ThrowingLogger logger = new();
        CaffeRuntime.UseLogger(logger, LogLevel.Trace);
        using Net net = Net.FromFile(Originals.Net12);
        net.Forward();
        Assert.NotEqual(0, logger.Calls);
    }

    protected override void Dispose(bool disposing)
    {
        CaffeRuntime.UseLogger(null);
        base.Dispose(disposing);
    }
}
