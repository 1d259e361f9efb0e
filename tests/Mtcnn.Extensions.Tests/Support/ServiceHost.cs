using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Support;

/// <summary>Real hosts with the real weights.</summary>
internal static class ServiceHost
{
    /// <summary>The folder of the original weights.</summary>
    public static string Models => SharedFiles.Of("models");

    /// <summary>A host with face detection that has not started.</summary>
    public static IHost Build(Action<MtcnnOptions>? configure = null, Action<IServiceCollection>? more = null)
    {
        HostApplicationBuilder builder = Empty();
        _ = builder.Services.AddMtcnn(options => options.ModelsFolder = Models).AddMtcnn(configure);
        more?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>A host with face detection that has started.</summary>
    public static async Task<IHost> StartAsync(Action<MtcnnOptions>? configure = null, Action<IServiceCollection>? more = null)
    {
        IHost host = Build(configure, more);
        await host.StartAsync();
        return host;
    }

    /// <summary>Options that let one image be in progress, and some callers wait.</summary>
    public static Action<MtcnnOptions> OneAtATime(int waiting) => options => (options.MaximumRunning, options.MaximumWaiting) = (1, waiting);

    /// <summary>The beginnings of a host that reads no files and logs nothing.</summary>
    public static HostApplicationBuilder Empty()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        _ = builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        return builder;
    }

    /// <summary>The service of a host.</summary>
    public static IFaceDetectionService Detection(this IHost host) => host.Services.GetRequiredService<IFaceDetectionService>();
}
