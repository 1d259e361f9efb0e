using System.Net;
using System.Security.Cryptography;
using CaffeSharp.Tests.Support;
using Mtcnn.Models;

namespace Mtcnn.Tests.Models;

/// <summary>Downloads from a local server, because tests do not use the internet.</summary>
public sealed class ModelDownloaderTests : IDisposable
{
    private static readonly byte[] s_weights = [.. Enumerable.Range(0, 100_000).Select(index => (byte)(index * 7))];

    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener _server = new();
    private readonly HttpClient _client = new();
    private readonly Uri _address;

    public ModelDownloaderTests()
    {
        using (System.Net.Sockets.TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            _address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _server.Prefixes.Add(_address.AbsoluteUri);
        _server.Start();
        _ = ServeAsync();
    }

    [Fact]
    public async Task Fetch_of_the_right_file_puts_it_in_place_and_a_second_one_asks_nobody()
    {
        ModelFetchResult first = await Fetch("good");
        ModelFetchResult second = await Fetch("good");

        Assert.Equal(s_weights, await File.ReadAllBytesAsync(first.Path));
        Assert.NotNull(first.Source);
        Assert.Null(second.Source);
    }

    [Theory]
    [InlineData("other", "SHA-256")]
    [InlineData("short", "50000")]
    [InlineData("missing", "404")]
    public async Task Fetch_of_a_wrong_file_leaves_nothing_and_says_why_and_what_to_do(string served, string why)
    {
        ModelException error = await Assert.ThrowsAsync<ModelException>(() => Fetch(served));

        Assert.Equal(ModelErrorKind.FetchFailed, error.Kind);
        Assert.Contains($"{_address}{served}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message.Replace(",", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("mtcnn models fetch", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Fetch_from_a_second_source_when_the_first_has_it_not_gives_the_file()
    {
        ModelFetchResult result = await Fetch("missing", "good");

        Assert.Equal(new Uri(_address, "good"), result.Source);
    }

    [Fact]
    public async Task Fetch_never_replaces_another_file()
    {
        string path = Path.Combine(_folder.Path, "test.caffemodel");
        await File.WriteAllTextAsync(path, "a week of training");

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => Fetch("good"));

        Assert.Contains("a file is never overwritten", error.Message, StringComparison.Ordinal);
        Assert.Equal("a week of training", await File.ReadAllTextAsync(path));
    }

    public void Dispose()
    {
        _server.Close();
        _client.Dispose();
        _folder.Dispose();
    }

    private Task<ModelFetchResult> Fetch(params string[] served)
    {
        OriginalModel model = new(
            "test", "is a test", s_weights.Length, Convert.ToHexStringLower(SHA256.HashData(s_weights)), ["test.caffemodel"],
            [.. served.Select(name => new Uri(_address, name))]);
        return new ModelDownloader(_client, TimeSpan.FromMilliseconds(1)).FetchAsync(model, _folder.Path);
    }

    private async Task ServeAsync()
    {
        while (_server.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _server.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            byte[]? body = context.Request.Url!.AbsolutePath switch
            {
                "/good" => s_weights,
                "/other" => [.. s_weights.Reverse()],
                "/short" => s_weights[..50_000],
                _ => null,
            };
            context.Response.StatusCode = body is null ? 404 : 200;
            await context.Response.OutputStream.WriteAsync(body ?? []);
            context.Response.Close();
        }
    }
}
