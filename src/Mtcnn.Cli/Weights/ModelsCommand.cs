using System.CommandLine;
using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;
using Mtcnn.Models;
using Mtcnn.Training.Cards;


namespace Mtcnn.Cli.Weights;

/// <summary>The arguments of `mtcnn models`.</summary>
internal static class ModelsCommand
{
    public static Command Create(CancellationToken stop)
    {
        ModelsArgument models = new();
        models.Option.Recursive = true;
        ExampleCommand command = new("models", "List, verify or download the original weights.")
        {
            Notes =
            [
                """
                Without --models, weights are searched in $MTCNN_SHARED/models, in ../shared/models beside the repository, and in the
                user's folder, ${XDG_DATA_HOME:-~/.local/share}/mtcnn/models. If the originals are not found, detection uses the weights that
                this project trained, from the folder models in the repository or beside the program.
                """,
            ],
            Examples =
            [
                ("mtcnn models", "List every model with its SHA-256, its file, and whether it is the original."),
                ("mtcnn models verify", "Check the models. The exit code is 1 if a model that detection needs is missing or differs."),
                ("mtcnn models fetch", "Download missing models to the user's folder, and check them."),
            ],
        };
        command.Add(models.Option);
        command.SetAction(parseResult => ModelsList.Run(models.Read(parseResult)));
        command.With(CreateList(models), CreateVerify(models), CreateFetch(stop), CreateCard());
        return command;
    }

    private static Command CreateList(ModelsArgument models)
    {
        Command command = new("list", "List the models with their files, and whether they are the originals. This is the default.");
        command.SetAction(parseResult => ModelsList.Run(models.Read(parseResult)));
        return command;
    }

    private static Command CreateVerify(ModelsArgument models)
    {
        Command command = new("verify", "Check that the models are the originals. The exit code is 1 if one differs, or if one that detection needs is missing.");
        command.SetAction(parseResult => ModelsVerification.Run(models.Read(parseResult)));
        return command;
    }

    private static Command CreateCard()
    {
        Argument<string> folder = new("FOLDER") { Description = $"Folder with trained weights and their {ModelCardFolder.CardName}." };
        Option<bool> force = new("--force") { Description = $"Overwrite a {ModelCardFolder.PageName} that this command did not write, or that was edited since." };
        Command command = new("card", $"Write the model card ({ModelCardFolder.PageName}) and the sums ({ModelSums.FileName}) of your weights.") { folder, force };
        command.SetAction(parseResult =>
        {
            using TextWriter output = StandardOutput.OpenText();
            output.WriteLine(ModelCardFolder.WritePage(parseResult.GetValue(folder)!, parseResult.GetValue(force)));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command CreateFetch(CancellationToken stop)
    {
        Argument<string[]> names = new("NAME")
        {
            Description = "Models by name, such as 12net. Default: the models that detection needs.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> folder = new("--to")
        {
            Description = "The folder for the models. Default: the user's folder, ${XDG_DATA_HOME:-~/.local/share}/mtcnn/models.",
            HelpName = "DIR",
        };
        Command command = new("fetch", "Download models from the upstream repositories at a pinned commit, and check them.") { names, folder };
        command.SetAction((parseResult, _) => ModelsFetch.RunAsync(parseResult.GetValue(names)!, parseResult.GetValue(folder), stop));
        return command;
    }
}
