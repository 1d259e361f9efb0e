using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>The sample service when it is ended without a warning.</summary>
public sealed class ServiceRestartTests
{
    [Fact]
    public async Task A_service_that_is_killed_while_it_works_starts_again_on_its_port_and_gives_the_same_faces()
    {
        byte[] photo = await File.ReadAllBytesAsync(SharedFiles.Image("astronaut.png"));
        byte[] large = PortableGraymap.NoiseOf(3000, 3000);
        await using ServiceProcess killed = await ServiceProcess.StartAsync("--Limits:UploadTime=00:03:00", "--Limits:DetectionTime=00:03:00");
        string before = await killed.DetectAsync(photo);

        Task[] clients = [.. Enumerable.Range(0, 6).Select(_ => DetectForeverAsync(killed, large))];
        await killed.UntilMetricsHaveAsync(@"^mtcnn_queue_length(\{.*\})? [1-9]", Task.WhenAny(clients));
        await killed.KillAsync();
        foreach (Task client in clients)
        {
            // No status: the connection ended, and no answer said so.
            Assert.Null((await Assert.ThrowsAsync<HttpRequestException>(() => client)).StatusCode);
        }

        await using ServiceProcess restarted = await ServiceProcess.StartAsync($"--urls={killed.Client.BaseAddress}");
        Assert.Equal(killed.Client.BaseAddress, restarted.Client.BaseAddress);
        Assert.Equal(before, await restarted.DetectAsync(photo));
    }

    private static async Task DetectForeverAsync(ServiceProcess service, byte[] image)
    {
        while (true)
        {
            _ = await service.DetectAsync(image);
        }
    }
}
