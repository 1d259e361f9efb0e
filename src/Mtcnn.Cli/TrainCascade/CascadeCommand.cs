using System.CommandLine;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.TrainCascade;

/// <summary>The arguments of `mtcnn train cascade`.</summary>
internal static class CascadeCommand
{
    public static Command Create(CancellationToken stop)
    {
        Argument<string> configuration = new("CONFIGURATION") { Description = "The configuration of the run (JSON), such as training/cascade.json." };
        Option<string?> data = new("--data")
        {
            Description = "The folder that the paths in the configuration are relative to. Default: the folder of the configuration.",
            HelpName = "DIR",
        };
        Option<string> output = new("--out")
        {
            Description = "The folder of the run, with crops, trainings, the weights in models, and the report. An interrupted run in this folder is resumed.",
            HelpName = "DIR",
            Required = true,
        };
        Option<string?> restartFrom = new("--from")
        {
            Description = "Repeat this step and all steps after it. Steps: 12net/crops, 12net/training, 12net/fine-tuning (if configured), 12net/weights, and the same for 24net, 48net and landmarks.",
            HelpName = "STEP",
        };
        ExampleCommand command = new("cascade", "Train a whole cascade (12net, 24net, 48net) from annotated photos, and measure it.")
        {
            Notes =
            [
                """
                Crops of 24net are what 12net takes for faces, those of 48net what both take for faces. Every step is kept: the same command
                continues where it was stopped, and says where the configuration has changed since.
                """,
                "Exit codes: 0 success; 2 invalid arguments, configuration or data; 130 stopped by Ctrl-C, after writing the finished work.",
            ],
            Examples =
            [
                ("mtcnn train cascade training/cascade.json --data photos --out run", "Run all steps, from photos to run/models and run/report."),
                ("mtcnn train cascade my.json --out run --from 48net/training", "Train 48net again with the current my.json."),
            ],
        };
        command.Add(configuration);
        command.With(data, output, restartFrom);
        command.SetAction((parseResult, _) => new CascadeRun(
            new CascadeRequest(
                parseResult.GetRequiredValue(configuration),
                parseResult.GetValue(data),
                parseResult.GetRequiredValue(output),
                parseResult.GetValue(restartFrom)),
            stop).RunAsync());
        return command;
    }
}
