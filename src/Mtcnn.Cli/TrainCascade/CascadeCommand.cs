using System.CommandLine;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.TrainCascade;

/// <summary>The arguments of `mtcnn train cascade`.</summary>
internal static class CascadeCommand
{
    public static Command Create(CancellationToken stop)
    {
        Argument<string> configuration = new("CONFIGURATION") { Description = "A file that says what is trained on and how; training/cascade.json is one." };
        Option<string?> data = new("--data")
        {
            Description = "Where the paths of the configuration begin. Default: its folder.",
            HelpName = "DIR",
        };
        Option<string> output = new("--out")
        {
            Description = "The folder of the run: crops, trainings, the weights in models, and the report. A run that was stopped there continues.",
            HelpName = "DIR",
            Required = true,
        };
        Option<string?> restartFrom = new("--from")
        {
            Description = "Do this step, and those after it, again: 12net/crops, 12net/training, 12net/fine-tuning where the configuration has it, 12net/weights, and so on for 24net, 48net and landmarks.",
            HelpName = "STEP",
        };
        ExampleCommand command = new("cascade", "Train 12net, 24net and 48net one after the other, from photos to weights, and measure them.")
        {
            Notes =
            [
                """
                Crops of 24net are what 12net takes for faces, those of 48net what both take for faces. Every step is kept: the same command
                continues where it was stopped, and says where the configuration has changed since.
                """,
                "Exit codes: 0 all well; 2 bad usage, configuration or data; 130 stopped by Ctrl-C, with what is done written.",
            ],
            Examples =
            [
                ("mtcnn train cascade training/cascade.json --data photos --out run", "Everything, from photos to run/models and run/report."),
                ("mtcnn train cascade my.json --out run --from 48net/training", "Train 48net again, with what my.json now says."),
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
