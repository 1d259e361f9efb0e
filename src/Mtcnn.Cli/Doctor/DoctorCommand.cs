using System.CommandLine;

using Mtcnn.Cli.Arguments;
using Mtcnn.Cli.Terminal;

using Spectre.Console;

namespace Mtcnn.Cli.Doctor;

/// <summary>`mtcnn doctor`.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        ModelsArgument models = new();
        ExampleCommand command = new("doctor", "Check the installation, and show how to install missing parts.")
        {
            Notes = ["Exit codes: 0 faces can be detected; 1 faces cannot be detected, and the last lines say what to do."],
        };
        command.Add(models.Option);
        command.SetAction(parseResult =>
        {
            IReadOnlyList<Finding> findings = [.. Examination.Examine(models.Read(parseResult))];
            Show(findings);
            return findings.Any(finding => finding.StopsDetection) ? ExitCode.Failure : ExitCode.Success;
        });
        return command;
    }

    private static void Show(IReadOnlyList<Finding> findings)
    {
        Table table = Tables.Create("", "What", "Found");
        foreach (Finding finding in findings)
        {
            table.AddPlainRow(finding.StopsDetection ? "✗" : finding.Fix is null ? "✓" : "!", finding.What, finding.Answer);
        }

        using (Stream output = StandardOutput.Open())
        {
            Tables.Write(table, output);
        }

        using TextWriter text = StandardOutput.OpenText();
        foreach (Finding finding in findings.Where(finding => finding.Fix is not null).DistinctBy(finding => finding.Fix))
        {
            text.WriteLine($"{finding.What}: {finding.Fix}");
        }

        text.WriteLine(findings.Any(finding => finding.StopsDetection)
            ? "Faces cannot be detected yet."
            : "Faces can be detected.");
    }
}
