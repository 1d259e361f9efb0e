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
        ExampleCommand command = new("models", "List, verify or fetch the original weights.")
        {
            Notes =
            [
                """
                Without --models, weights are looked for in $MTCNN_SHARED/models, in ../shared/models beside the repository, and in the
                user's folder, ${XDG_DATA_HOME:-~/.local/share}/mtcnn/models. Where the originals are in none of these, detection uses the weights that
                this project trained itself: models in the repository, or beside the program.
                """,
            ],
            Examples =
            [
                ("mtcnn models", "Every model with its SHA-256, where it was found, and whether it is the original."),
                ("mtcnn models verify", "The same in words; exit code 1 where one that detection needs is missing or differs."),
                ("mtcnn models fetch", "Download what is missing into the user's folder, and check it."),
            ],
        };
        command.Add(models.Option);
        command.SetAction(parseResult => ModelsList.Run(models.Read(parseResult)));
        command.With(CreateList(models), CreateVerify(models), CreateFetch(stop), CreateCard());
        return command;
    }

    private static Command CreateList(ModelsArgument models)
    {
        Command command = new("list", "List the models, where they were found, and whether they are the originals. The default.");
        command.SetAction(parseResult => ModelsList.Run(models.Read(parseResult)));
        return command;
    }

    private static Command CreateVerify(ModelsArgument models)
    {
        Command command = new("verify", "Check that the models are the originals. Exit code 1 where one differs or one that detection needs is missing.");
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
            Description = "Models by name, such as 12net. Default: what detection needs.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> folder = new("--to")
        {
            Description = "Folder to put them into. Default: the user's, ${XDG_DATA_HOME:-~/.local/share}/mtcnn/models.",
            HelpName = "DIR",
        };
        Command command = new("fetch", "Download models from the upstream repositories at a pinned commit, and check them.") { names, folder };
        command.SetAction((parseResult, _) => ModelsFetch.RunAsync(parseResult.GetValue(names)!, parseResult.GetValue(folder), stop));
        return command;
    }
}
