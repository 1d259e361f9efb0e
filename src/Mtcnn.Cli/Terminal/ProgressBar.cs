using Spectre.Console;

namespace Mtcnn.Cli.Terminal;

/// <summary>A progress bar on standard error, where that is a terminal and nothing else is written to it meanwhile.</summary>
internal static class ProgressBar
{
    /// <summary>Runs the work with a function that tells how far it is; it is without effect where no bar is shown.</summary>
    /// <param name="title">What is counted.</param>
    /// <param name="total">How many steps there are.</param>
    /// <param name="sharesTerminal">Whether the work writes to a terminal itself while it runs.</param>
    /// <param name="work">The work, given a function to be called with the number of steps done so far.</param>
    public static async Task RunAsync(string title, double total, bool sharesTerminal, Func<Action<double>, Task> work)
    {
        if (Console.IsErrorRedirected || sharesTerminal)
        {
            await work(_ => { }).ConfigureAwait(false);
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .AutoClear(true)
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask(Markup.Escape(title), maxValue: total);
                await work(done => bar.Value = done).ConfigureAwait(false);
            })
            .ConfigureAwait(false);
    }
}
