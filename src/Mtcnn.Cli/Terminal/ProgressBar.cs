using Spectre.Console;

namespace Mtcnn.Cli.Terminal;

/// <summary>A progress bar on standard error, where that is a terminal and nothing else is written to it meanwhile.</summary>
internal static class ProgressBar
{
    /// <summary>Runs the work, with a bar where one can be shown.</summary>
    /// <param name="title">What is counted.</param>
    /// <param name="total">How many steps there are.</param>
    /// <param name="sharesTerminal">Whether the work writes to a terminal itself while it runs.</param>
    /// <param name="work">The work, given where to tell how it goes.</param>
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
