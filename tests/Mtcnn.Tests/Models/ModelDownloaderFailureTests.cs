using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CaffeSharp.Tests.Support;
using Mtcnn.Models;

namespace Mtcnn.Tests.Models;

/// <summary>Downloads over a failing network.</summary>
public sealed class ModelDownloaderFailureTests : IDisposable
{
    private static readonly byte[] s_weights = [.. Enumerable.Range(0, 300_000).Select(index => (byte)(index * 31))];
    private static readonly byte[] s_good = RawHttpServer.Answer("200 OK", s_weights, s_weights.Length);
    private static readonly byte[] s_busy = RawHttpServer.Answer("503 Service Unavailable", [], 0);
    private static readonly byte[] s_cutOff = RawHttpServer.Answer("200 OK", s_weights[..1000], s_weights.Length);
    private static readonly byte[] s_cutOffUnnoticed = RawHttpServer.Answer("200 OK", s_weights[..1000], null);
    private static readonly byte[] s_tooLong = RawHttpServer.Answer("200 OK", [.. s_weights, 1], null);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    [Fact]
    public async Task Fetch_tries_again_where_the_server_is_busy_or_the_connection_breaks()
    {
        using RawHttpServer server = new(s_busy, s_cutOff, s_good);
        ProgressList progress = new();

        ModelFetchResult result = await Fetch(server.Address, progress: progress);

        Assert.Equal(s_weights, await File.ReadAllBytesAsync(result.Path));
        Assert.Equal(3, server.Requests);
        Assert.Equal(s_weights.Length, progress.Reports.Last().Received);
        Assert.Equal([result.Path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Fetch_gives_up_after_three_attempts_and_says_how_far_it_came()
    {
        using RawHttpServer server = new(s_cutOffUnnoticed, s_cutOffUnnoticed, s_cutOffUnnoticed, s_good);

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => Fetch(server.Address));

        Assert.Equal(3, server.Requests);
        Assert.Contains("the connection ended after 1000 of 300000 bytes", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Fetch_of_more_bytes_than_there_should_be_stops_and_does_not_try_again()
    {
        using RawHttpServer server = new(s_tooLong, s_good);

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => Fetch(server.Address));

        Assert.Equal(1, server.Requests);
        Assert.Contains("the file there has more than 300000 bytes", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Fetch_without_a_network_names_the_address_the_folder_and_the_way_by_hand()
    {
        Uri nobody;
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            nobody = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/weights");
        }

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => Fetch(nobody));

        Assert.Equal(ModelErrorKind.FetchFailed, error.Kind);
        Assert.StartsWith($"The weights of test could not be downloaded:\n  {nobody}: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            $"or download one of these files on another machine and put it at {Path.Combine(_folder.Path, "test.caffemodel")}",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_from_a_server_that_never_answers_ends_with_the_clients_timeout()
    {
        using RawHttpServer silent = new();
        _client.Timeout = TimeSpan.FromMilliseconds(200);

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => Fetch(silent.Address));

        Assert.Contains("no answer within 0.2 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_when_cancelled_half_way_leaves_nothing()
    {
        using RawHttpServer server = new(s_good);
        using CancellationTokenSource stop = new();
        ProgressList progress = new(onReport: stop.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetch(server.Address, progress: progress, cancellationToken: stop.Token));

        Assert.NotEmpty(progress.Reports);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Fetch_into_a_folder_that_cannot_be_made_says_so()
    {
        using RawHttpServer server = new(s_good);
        string file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "no folder");

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => Fetch(server.Address, Path.Combine(file, "models")));

        Assert.Equal(ModelErrorKind.FetchFailed, error.Kind);
        Assert.Contains("the file cannot be written", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private Task<ModelFetchResult> Fetch(
        Uri source, string? folder = null, IProgress<ModelFetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        OriginalModel model = new("test", "is a test", s_weights.Length, Convert.ToHexStringLower(SHA256.HashData(s_weights)), ["test.caffemodel"], [source]);
        return new ModelDownloader(_client, TimeSpan.FromMilliseconds(1)).FetchAsync(model, folder ?? _folder.Path, progress, cancellationToken);
    }

    /// <summary>Stores the reports in order. <see cref="Progress{T}"/> would use the thread pool.</summary>
    private sealed class ProgressList(Action? onReport = null) : IProgress<ModelFetchProgress>
    {
        public ConcurrentQueue<ModelFetchProgress> Reports { get; } = new();

        public void Report(ModelFetchProgress value)
        {
            Reports.Enqueue(value);
            onReport?.Invoke();
        }
    }
}
