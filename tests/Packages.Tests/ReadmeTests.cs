using System.Text.RegularExpressions;
using CaffeSharp.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Packages.Tests;

/// <summary>The C# code of each package's README compiles with that package and what it brings along.</summary>
public sealed partial class ReadmeTests
{
    // What the SDK adds to a console program with ImplicitUsings.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // OpenCV comes with these packages; the READMEs of the others must not need it.
    private static readonly string[] s_packagesWithOpenCv = ["CaffeSharp.Imaging", "Mtcnn", "Mtcnn.Training", "Mtcnn.Extensions", "Mtcnn.Models"];

    public static TheoryData<string> Packages =>
        [.. Directory.GetDirectories(Repository.Folder("src")).Select(folder => Path.GetFileName(folder)).Where(IsPackageForPrograms).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_first_code_of_a_readme_when_compiled_then_has_no_error(string package)
    {
        string code = FirstCode(package);

        string[] errors = Errors(code, package);

        Assert.True(errors.Length == 0, $"src/{package}/README.md does not compile:\n{string.Join('\n', errors)}\n{code}");
        Assert.InRange(code.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 5, 20);
    }

    [Fact]
    public void A_name_that_does_not_exist_when_compiled_then_is_an_error()
    {
        string[] errors = Errors("using CaffeSharp;\nNet net = Net.FromFiel(\"net.prototxt\");", "CaffeSharp");

        Assert.Contains("CS0117", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void OpenCv_in_the_code_of_a_package_without_it_when_compiled_then_is_an_error()
    {
        Assert.NotEmpty(Errors("using OpenCvSharp;\nusing Mat mat = new();", "CaffeSharp"));
        Assert.Empty(Errors("using OpenCvSharp;\nusing Mat mat = new();", "Mtcnn"));
    }

    // The command has no code in its README.
    private static bool IsPackageForPrograms(string name) => name != "Mtcnn.Cli";

    private static string FirstCode(string package)
    {
        string text = File.ReadAllText(Repository.Folder("src", package, "README.md"));
        Match match = CSharpBlock().Match(text);
        Assert.True(match.Success, $"src/{package}/README.md has no C# code.");
        return match.Groups[1].Value;
    }

    private static string[] Errors(string code, string package)
    {
        bool openCv = s_packagesWithOpenCv.Contains(package);
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => openCv || !Path.GetFileName(path).StartsWith("OpenCvSharp", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Readme",
            [Parse(ImplicitUsings), Parse(code)],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString())];
    }

    private static SyntaxTree Parse(string code) =>
        CSharpSyntaxTree.ParseText(SourceText.From(code), CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest));

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
