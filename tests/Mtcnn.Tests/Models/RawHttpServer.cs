using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mtcnn.Tests.Models;

/// <summary>A local server that sends given bytes, valid or not, or nothing, and then closes the connection.</summary>
internal sealed class RawHttpServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<byte[]> _answers;
    private readonly CancellationTokenSource _stop = new();
    private int _requests;

    /// <summary>Starts the server. Each request gets the next answer. If it is empty or missing, the server waits until the client disconnects.</summary>
    public RawHttpServer(params byte[][] answers)
    {
        _answers = new ConcurrentQueue<byte[]>(answers);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>The address of the server.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/weights");

    /// <summary>The number of requests.</summary>
    public int Requests => _requests;

    /// <summary>An answer.</summary>
    public static byte[] Answer(string status, byte[] body, int? claimedLength)
    {
        string length = claimedLength is { } value ? $"Content-Length: {value}\r\n" : string.Empty;
        return [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{length}Connection: close\r\n\r\n"), .. body];
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            byte[] request = new byte[4096];
            int length = 0;
            while (!Encoding.ASCII.GetString(request, 0, length).Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                int read = await stream.ReadAsync(request.AsMemory(length));
                if (read == 0)
                {
                    // The client disconnected before it sent a request.
                    return;
                }

                length += read;
            }

            _ = Interlocked.Increment(ref _requests);
            if (_answers.TryDequeue(out byte[]? answer) && answer.Length > 0)
            {
                await stream.WriteAsync(answer);
            }
            else
            {
                // Returns when the client disconnects.
                _ = await stream.ReadAsync(request);
            }
        }
    }
}
