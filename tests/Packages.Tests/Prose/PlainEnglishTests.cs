using CaffeSharp.Tests.Support;

namespace Packages.Tests.Prose;

public sealed class PlainEnglishTests
{
    public static TheoryData<string> Patterns => [.. ProseRule.All.Select(rule => rule.Pattern)];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Rule_when_applied_to_its_own_examples_finds_the_bad_one_alone(string pattern)
    {
        ProseRule rule = ProseRule.All.Single(rule => rule.Pattern == pattern);

        Assert.NotNull(rule.FindIn(rule.Bad));
        Assert.Null(rule.FindIn(rule.Good));
    }

    [Fact]
    public void Files_of_the_repository_when_searched_have_no_expression_that_a_rule_replaces()
    {
        string[] files = [.. ProseFile.All()];

        string[] findings =
        [
            .. from file in files.AsParallel().AsOrdered()
               from line in ProseFile.Lines(file)
               from rule in ProseRule.All
               let found = rule.FindIn(line.Text)
               where found is not null
               select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number}: \"{found}\". Use: {rule.Use}.",
        ];

        Assert.True(files.Length > 1000, $"Only {files.Length} files were searched.");
        Assert.True(findings.Length == 0, $"{findings.Length} findings:\n{string.Join('\n', findings.Take(2000))}");
    }
}
