using System.CommandLine;
using System.CommandLine.Parsing;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Arguments;

/// <summary>The argument PATH... of a command.</summary>
internal static class PathArguments
{
    public static Argument<string[]> Create(string description) => new("PATH")
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>
    /// Reads the paths. An argument that begins with "-" and precedes "--" is a misspelt option, not a file: throws
    /// <see cref="CommandException"/>.
    /// </summary>
    public static IReadOnlyList<string> Read(ParseResult parseResult, Argument<string[]> argument)
    {
        string[] paths = parseResult.GetRequiredValue(argument);
        int afterDoubleDash = parseResult.Tokens
            .SkipWhile(token => token.Type != TokenType.DoubleDash)
            .Count(token => token.Type == TokenType.Argument);
        foreach (string path in paths.SkipLast(afterDoubleDash))
        {
            if (path.Length > 1 && path[0] == '-')
            {
                throw new CommandException(
                    $"There is no option \"{path}\".",
                    $"See `mtcnn {parseResult.CommandResult.Command.Name} --help`; a file of that name is ./{path}.");
            }
        }

        return paths;
    }
}
