using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Diagnostics.CodeAnalysis;
using System.Text;

using Mtcnn.Cli.Compare;
using Mtcnn.Cli.Detect;
using Mtcnn.Cli.Doctor;
using Mtcnn.Cli.DrawNet;
using Mtcnn.Cli.Evaluate;
using Mtcnn.Cli.Export;
using Mtcnn.Cli.Inspect;
using Mtcnn.Cli.Prepare;
using Mtcnn.Cli.Terminal;
using Mtcnn.Cli.Time;
using Mtcnn.Cli.Train;
using Mtcnn.Cli.Video;
using Mtcnn.Cli.Weights;

namespace Mtcnn.Cli;

/// <summary>The command `mtcnn`.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        // UTF-8 in every locale: paths are UTF-8, and JSON must be.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using Interruption interruption = new();
        Option<bool> verbose = new("--verbose")
        {
            Description = "Write Caffe's log and the stack traces of errors to standard error.",
            Recursive = true,
        };
        Command root = CreateRoot(verbose, interruption.Token);
        // No response files: an image may be called "@me.jpg".
        ParseResult parseResult = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return await RunAsync(parseResult, verbose, interruption).ConfigureAwait(false);
    }

    private static Command CreateRoot(Option<bool> verbose, CancellationToken stop)
    {
        HelpOption help = new();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return new ExampleCommand("mtcnn", "Detects faces and their landmarks in images with the original Caffe and the original MTCNN networks.")
        {
            Notes = ["Exit codes: 0 success; 1 some images failed, or a check failed; 2 invalid arguments, or models are missing or corrupt."],
            Examples =
            [
                ("mtcnn detect photo.jpg --draw marked", "Detect the faces in a photo, print them as JSON, and mark them on a copy in the folder marked."),
                ("mtcnn doctor", "Check the installation, and show how to install missing parts."),
            ],
        }
        .With(help, new VersionOption(), verbose)
        .With(
            DetectCommand.Create(stop),
            VideoCommand.Create(stop),
            CompareCommand.Create(stop),
            EvaluateCommand.Create(stop),
            ModelsCommand.Create(stop),
            InspectCommand.Create(),
            DrawNetCommand.Create(stop),
            TimeCommand.Create(stop),
            PrepareCommand.Create(stop),
            TrainCommand.Create(stop),
            ExportCommand.Create(),
            DoctorCommand.Create());
    }

    [SuppressMessage("Design", "CA1031", Justification = "The last handler, which reports every exception as a message.")]
    private static async Task<int> RunAsync(ParseResult parseResult, Option<bool> verbose, Interruption interruption)
    {
        bool isVerbose = parseResult.GetValue(verbose);
        try
        {
            if (parseResult.Action is ParseErrorAction parseError)
            {
                parseError.ShowHelp = false;
                await parseResult.InvokeAsync(new InvocationConfiguration { Output = Console.Error }).ConfigureAwait(false);
                string command = parseResult.CommandResult.Command.Name;
                ErrorReport.Hint($"See `{(command == "mtcnn" ? command : $"mtcnn {command}")} --help`.");
                return ExitCode.Unusable;
            }

            using VerboseLog? log = isVerbose ? new VerboseLog() : null;
            // The process's own handling of signals and exceptions replaces the library's.
            int code = await parseResult.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            }).ConfigureAwait(false);
            return interruption.RequestedExitCode ?? code;
        }
        catch (OperationCanceledException) when (interruption.RequestedExitCode is { } code)
        {
            return code;
        }
        catch (Exception failure) when (StandardOutput.IsBrokenPipe(failure))
        {
            return ExitCode.BrokenPipe;
        }
        catch (Exception failure)
        {
            ErrorReport.Write(failure, isVerbose);
            return ExitCode.Unusable;
        }
    }
}
