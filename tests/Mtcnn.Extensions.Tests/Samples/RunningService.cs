namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>One service for all tests of a class.</summary>
/// <param name="settings">Its settings.</param>
public abstract class RunningService(params string[] settings) : IAsyncLifetime
{
    private ServiceProcess? _service;

    /// <summary>The service.</summary>
    public ServiceProcess Service => _service ?? throw new InvalidOperationException("It has not started.");

    public async ValueTask InitializeAsync() => _service = await ServiceProcess.StartAsync(settings);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }
}
