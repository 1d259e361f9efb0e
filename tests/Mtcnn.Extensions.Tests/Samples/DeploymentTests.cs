using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CaffeSharp.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>The files of samples/Service/deploy against the service that they start.</summary>
public sealed partial class DeploymentTests(DefaultService running) : IClassFixture<DefaultService>, IDisposable
{
    // How long a host waits for unfinished work when it shuts down.
    private const int HostsPatience = 30;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Systemd_understands_the_unit_and_gives_the_service_the_time_that_it_needs()
    {
        string unit = await File.ReadAllTextAsync(Deployed("mtcnn-service.service"));

        // Only a program that is there passes.
        string copy = Path.Combine(_folder.Path, "mtcnn-service.service");
        await File.WriteAllTextAsync(copy, Program().Replace(unit, "/bin/true"));
        (int status, string output) = await RunAsync("systemd-analyze", "verify", copy);

        Assert.Equal((0, string.Empty), (status, output));
        Assert.InRange(Number(StopTime().Match(unit).Groups[1].Value), HostsPatience + 1, 90);
    }

    [Fact]
    public async Task Kubernetes_asks_for_what_the_service_answers_and_gives_it_the_time_that_it_needs()
    {
        using StreamReader file = File.OpenText(Deployed("kubernetes.yaml"));
        YamlStream documents = [];
        documents.Load(file);
        YamlNode[] kinds = [.. documents.Select(document => document.RootNode["kind"])];
        YamlNode pod = documents.Documents[0].RootNode["spec"]["template"]["spec"];
        YamlNode container = Assert.Single(((YamlSequenceNode)pod["containers"]).Children);

        Assert.Equal(["Deployment", "Service"], kinds.Select(kind => kind.ToString()));
        Assert.Equal("8080", container["ports"][0]["containerPort"].ToString());
        Assert.All(["startupProbe", "livenessProbe", "readinessProbe"], probe => Assert.Equal(container["ports"][0]["name"], container[probe]["httpGet"]["port"]));
        foreach (string probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
        {
            using HttpResponseMessage response = await running.Service.Client.GetAsync(new Uri(container[probe]["httpGet"]["path"].ToString(), UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        int stop = Number(container["lifecycle"]["preStop"]["sleep"]["seconds"].ToString());
        Assert.InRange(Number(pod["terminationGracePeriodSeconds"].ToString()), stop + HostsPatience + 1, 90);
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static string Deployed(string name) => Repository.Folder("samples", "Service", "deploy", name);

    private static async Task<(int Status, string Output)> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    [GeneratedRegex("/opt/mtcnn-service/Mtcnn.Samples.Service")]
    private static partial Regex Program();

    [GeneratedRegex(@"(?m)^TimeoutStopSec=(\d+)$")]
    private static partial Regex StopTime();
}
