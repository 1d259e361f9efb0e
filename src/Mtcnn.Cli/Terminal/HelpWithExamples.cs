using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Mtcnn.Cli.Terminal;

/// <summary>Writes the standard help, followed by the notes and examples of an <see cref="ExampleCommand"/>.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExampleCommand command)
        {
            Write(command, parseResult.InvocationConfiguration.Output);
        }

        return code;
    }

    private static void Write(ExampleCommand command, TextWriter output)
    {
        foreach (string note in command.Notes)
        {
            output.WriteLine(note);
            output.WriteLine();
        }

        if (command.Examples.Count == 0)
        {
            return;
        }

        output.WriteLine("Examples:");
        foreach ((string commandLine, string meaning) in command.Examples)
        {
            output.WriteLine($"  {commandLine}");
            output.WriteLine($"      {meaning}");
        }
    }
}
