using System.CommandLine;
using Mtcnn.Suite;
using Mtcnn.Suite.Reports;
using Mtcnn.Suite.Sections;

Dictionary<string, (int Rounds, Func<int, SectionResult> Run)> sections = new()
{
    ["nets"] = (11, NetsSection.Run),
    ["images"] = (9, ImagesSection.Run),
    ["sizes"] = (5, GrowthSection.RunSizes),
    ["faces"] = (5, GrowthSection.RunFaces),
    ["threads"] = (3, ThreadsSection.Run),
    ["processes"] = (3, ProcessesSection.Run),
    ["training"] = (9, TrainingSection.Run),
};

Argument<string[]> wanted = new("section") { Description = "What to measure; all where none is named.", Arity = ArgumentArity.ZeroOrMore };
wanted.AcceptOnlyFromAmong([.. sections.Keys]);
Option<bool> quick = new("--quick") { Description = "Measure each once, to see that all works." };
Argument<string> rival = new("rival");
Argument<string> photo = new("photo");
Command first = new(ProcessesSection.FirstCommand, "Run one rival on one photo; the section processes starts this.") { rival, photo };
first.SetAction(parsed => ProcessesSection.PrintFirst(parsed.GetRequiredValue(rival), parsed.GetRequiredValue(photo)));
Command report = new("report", "Write docs/performance-results.md and its plots from what was measured last.");
report.SetAction(_ => MarkdownReport.Write(sections.Keys));

RootCommand root = new("Measures this library against what a user would pick instead.") { wanted, quick, first, report };
root.SetAction(parsed =>
{
    _ = BenchmarkFolders.Models();
    string[] named = parsed.GetValue(wanted) is { Length: > 0 } some ? some : [.. sections.Keys];
    foreach (string section in named)
    {
        Console.WriteLine($"Measuring {section} ...");
        SectionResult result = sections[section].Run(parsed.GetValue(quick) ? 1 : sections[section].Rounds);
        ResultFiles.Write(section, result);
        foreach (Goal goal in result.Goals)
        {
            Console.WriteLine($"  {string.Join("; ", goal.Row())}");
        }
    }
});
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
