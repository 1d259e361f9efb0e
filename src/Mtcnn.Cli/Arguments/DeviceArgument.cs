using System.CommandLine;
using System.CommandLine.Parsing;

using CaffeSharp;

namespace Mtcnn.Cli.Arguments;

/// <summary>The option --device.</summary>
internal sealed class DeviceArgument
{
    public Option<Device> Option { get; } = new("--device")
    {
        Description = "The device that runs the networks: the CPU, or a CUDA device by number.",
        HelpName = "cpu|gpu|gpu:N",
        CustomParser = Parse,
        DefaultValueFactory = _ => Device.Cpu,
    };

    public Device Read(ParseResult parseResult) => parseResult.GetValue(Option);

    private static Device Parse(ArgumentResult result)
    {
        try
        {
            return Device.Parse(result.Tokens[0].Value);
        }
        catch (FormatException failure)
        {
            result.AddError(failure.Message);
            return Device.Cpu;
        }
    }
}
