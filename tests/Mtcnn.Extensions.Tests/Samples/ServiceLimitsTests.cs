using System.Net;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>What the sample service refuses, and how it ends.</summary>
public sealed class ServiceLimitsTests(StrictService strict) : IClassFixture<StrictService>
{
    private readonly HttpClient _client = strict.Service.Client;

    [Fact]
    public async Task A_file_of_too_many_bytes_is_refused_whether_it_says_so_or_not()
    {
        // Asks before it sends, so that the refusal does not meet a client that is still sending.
        using HttpRequestMessage announced = new(HttpMethod.Post, "detect") { Content = new ByteArrayContent(new byte[5_000_001]) };
        announced.Headers.ExpectContinue = true;
        using HttpRequestMessage unannounced = new(HttpMethod.Post, "detect") { Content = new StreamContent(new MemoryStream(new byte[5_000_001])) };
        unannounced.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage first = await _client.SendAsync(announced);
        using HttpResponseMessage second = await _client.SendAsync(unannounced);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, first.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, second.StatusCode);
    }

    [Fact]
    public async Task A_file_that_does_not_come_is_given_up()
    {
        Assert.Equal((int)HttpStatusCode.RequestTimeout, await strict.Service.StatusAsync(RawRequest.Upload("Content-Length: 1000", "hello"u8.ToArray())));
    }

    [Fact]
    public async Task An_image_that_takes_too_long_is_given_up()
    {
        using HttpResponseMessage response = await PostAsync(_client, PortableGraymap.NoiseOf(2200, 2200));

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Contains("within 0.02 s", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_beyond_those_that_may_wait_get_503_and_the_time_to_retry()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            "--Mtcnn:MaximumRunning=1", "--Mtcnn:MaximumWaiting=1", "--Limits:UploadTime=00:03:00", "--Limits:DetectionTime=00:03:00");
        byte[] image = PortableGraymap.NoiseOf(2000, 2000);

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync(service.Client, image)));

        HttpResponseMessage[] refused = [.. responses.Where(response => response.StatusCode == HttpStatusCode.ServiceUnavailable)];
        Assert.NotEmpty(refused);
        Assert.All(refused, response => Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)));
        HttpResponseMessage[] accepted = [.. responses.Except(refused)];
        Assert.NotEmpty(accepted);
        Assert.All(accepted, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
    }

    [Fact]
    public async Task A_service_on_shutdown_answers_the_image_in_progress_and_ends_well()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            "--Limits:UploadTime=00:03:00", "--Limits:DetectionTime=00:03:00", "--ShutdownTimeoutSeconds=180");
        Task<HttpResponseMessage> last = PostAsync(service.Client, PortableGraymap.NoiseOf(3000, 3000));
        await service.UntilMetricsHaveAsync("^mtcnn_queue_wait_duration_seconds_count", last);

        await service.TerminateAsync();

        using HttpResponseMessage response = await last;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, await service.ExitStatusAsync());
        Assert.Contains("Stopped; every image is done.", service.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Mtcnn:MinimumFace=2", "MinimumFace is 2. MinimumFace is at least 6 pixels.")]
    [InlineData("--Mtcnn:ModelsFolder=/no/such/folder", "mtcnn models fetch")]
    [InlineData("--Limits:MaximumBytes=0", "Limits: MaximumBytes is at least 1")]
    public async Task A_service_with_a_bad_setting_does_not_start_and_says_why_without_a_stack_trace(string setting, string message)
    {
        (int status, string output) = await ServiceProcess.StartInVainAsync(setting);

        Assert.Equal(1, status);
        Assert.Contains("The service cannot start.", output, StringComparison.Ordinal);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] image)
    {
        using ByteArrayContent content = new(image);
        return await client.PostAsync(new Uri("detect", UriKind.Relative), content);
    }
}
