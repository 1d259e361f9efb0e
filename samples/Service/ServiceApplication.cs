using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Mtcnn.Extensions;
using Mtcnn.Models;
using OpenTelemetry.Metrics;

namespace Mtcnn.Samples.Service;

/// <summary>The service, put together.</summary>
internal static class ServiceApplication
{
    /// <summary>Starts the service and serves until shutdown. If it cannot start, it writes the reason to standard error.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using WebApplication app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (Exception failure) when (failure is OptionsValidationException or ModelException or IOException)
        {
            await Console.Error.WriteLineAsync($"The service cannot start. {failure.Message}");
            return 1;
        }
    }

    /// <summary>Makes it from its settings.</summary>
    /// <param name="args">The command line, whose settings count more than those of the file.</param>
    /// <exception cref="OptionsValidationException">A setting is out of its range.</exception>
    public static WebApplication Build(string[] args)
    {
        // Settings and page lie beside the program, wherever it is started from.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddMtcnn(builder.Configuration.GetSection(MtcnnOptions.SectionName));
        builder.Services.AddOptions<ServiceLimits>()
            .BindConfiguration(ServiceLimits.SectionName)
            .Validate(limits => limits.AreValid, "Limits: MaximumBytes is at least 1; UploadTime and DetectionTime are above zero.")
            .ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<ServiceLimits>>((server, limits) => server.Limits.MaxRequestBodySize = limits.Value.MaximumBytes);
        builder.Services.AddHealthChecks().AddMtcnn(tags: ["ready"], timeout: TimeSpan.FromSeconds(10));
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(MtcnnTelemetry.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddPrometheusExporter());
        builder.Services.AddSystemd();
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();

        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapDetect();
        app.MapOpenApi();
        app.MapPrometheusScrapingEndpoint();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        return app;
    }
}
