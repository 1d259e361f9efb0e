using Spectre.Console;

namespace Mtcnn.Cli.Terminal;

/// <summary>A progress bar on standard error, shown if standard error is a terminal and nothing else is written to it.</summary>
internal static class ProgressBar
{
    /// <summary>Runs an operation, with a progress bar if one can be shown.</summary>
    /// <param name="title">The name of the counted steps.</param>
    /// <param name="total">The number of steps.</param>
    /// <param name="sharesTerminal">Whether the operation writes to the terminal while it runs.</param>
    /// <param name="work">The operation, which receives an object to report its progress to.</param>
    public static async Task RunAsync(string title, double total, bool sharesTerminal, Func<IProgressReport, Task> work)
    {
        if (Console.IsErrorRedirected || sharesTerminal)
        {
            await work(new Unshown()).ConfigureAwait(false);
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .AutoClear(true)
            .StartAsync(context => work(new Shown(console, context.AddTask(Markup.Escape(title), maxValue: total))))
            .ConfigureAwait(false);
    }

    private sealed class Unshown : IProgressReport
    {
        public void Done(double steps)
        {
        }

        public void Say(string message) => ErrorReport.Line(message);
    }

    private sealed class Shown(IAnsiConsole console, ProgressTask bar) : IProgressReport
    {
        public void Done(double steps) => bar.Value = steps;

        public void Say(string message) => console.WriteLine(ErrorReport.Prefix + message);
    }
}
