using System.CommandLine;

namespace Mtcnn.Cli.Terminal;

/// <summary>A command whose help ends with notes and examples.</summary>
internal sealed class ExampleCommand(string name, string description) : Command(name, description)
{
    /// <summary>Command lines, each with what it does.</summary>
    public IReadOnlyList<(string CommandLine, string Meaning)> Examples { get; init; } = [];

    /// <summary>Paragraphs shown after the options.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
