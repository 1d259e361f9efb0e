using System.CommandLine;

using Mtcnn.Training.Options;

namespace Mtcnn.Cli.Arguments;

/// <summary>The argument that selects the network to train.</summary>
internal sealed class TrainedNetArgument
{
    private static readonly Dictionary<string, TrainedNet> s_nets = Enum.GetValues<TrainedNet>().ToDictionary(net => net.Definition().Name);

    public TrainedNetArgument(string description)
    {
        Argument = new Argument<string>("NET") { Description = $"{description}: {string.Join(", ", s_nets.Keys)}." };
        Argument.AcceptOnlyFromAmong([.. s_nets.Keys]);
    }

    public Argument<string> Argument { get; }

    public TrainedNet Read(ParseResult parseResult) => s_nets[parseResult.GetRequiredValue(Argument)];
}
