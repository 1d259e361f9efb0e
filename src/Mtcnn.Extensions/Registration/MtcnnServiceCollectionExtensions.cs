using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Mtcnn.Detection;
using Mtcnn.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds face detection to an application.</summary>
public static class MtcnnServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IFaceDetectionService"/> and the <see cref="FaceDetector"/> below it, one of each. The options are checked and the nets loaded and
    /// warm before the host has started; images in progress are waited for when it stops. May be called several times; options add up.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    public static IServiceCollection AddMtcnn(this IServiceCollection services, Action<MtcnnOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            _ = services.Configure(configure);
        }

        return AddAll(services);
    }

    /// <summary>Adds the same, with options from the configuration. A name that no option has is an error.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The section that holds the options, by convention <see cref="MtcnnOptions.SectionName"/>. Read once.</param>
    /// <inheritdoc cref="AddMtcnn(IServiceCollection, Action{MtcnnOptions})"/>
    public static IServiceCollection AddMtcnn(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return AddAll(services.AddSingleton<IConfigureOptions<MtcnnOptions>>(new MtcnnOptionsBinding(section)));
    }

    private static IServiceCollection AddAll(IServiceCollection services)
    {
        _ = services.AddLogging().AddMetrics().AddOptions<MtcnnOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MtcnnOptions>, MtcnnOptionsValidator>());
        services.TryAddSingleton(provider => new FaceDetector(provider.GetRequiredService<IOptions<MtcnnOptions>>().Value.ToDetectorOptions()));
        services.TryAddSingleton<FaceDetectionService>();
        services.TryAddSingleton<IFaceDetectionService>(provider => provider.GetRequiredService<FaceDetectionService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DetectorLifetime>());
        return services;
    }
}
