using System.CommandLine;

namespace Mtcnn.Cli.Terminal;

/// <summary>Adds options and commands in one expression.</summary>
internal static class CommandExtensions
{
    public static Command With(this Command command, params IEnumerable<Option> options)
    {
        foreach (Option option in options)
        {
            command.Add(option);
        }

        return command;
    }

    public static Command With(this Command command, params IEnumerable<Command> subcommands)
    {
        foreach (Command subcommand in subcommands)
        {
            command.Add(subcommand);
        }

        return command;
    }
}
