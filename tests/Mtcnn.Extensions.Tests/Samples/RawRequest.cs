using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>Requests byte by byte, for what no HTTP client sends.</summary>
internal static class RawRequest
{
    /// <summary>A file as an upload, well-formed.</summary>
    public static byte[] Upload(byte[] file) => Upload($"Content-Length: {file.Length}", file);

    /// <summary>An upload with a header that says how long it is, and a body that need not be so long.</summary>
    public static byte[] Upload(string lengthHeader, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"POST /detect HTTP/1.1\r\nHost: localhost\r\n{lengthHeader}\r\n\r\n"), .. body];

    /// <summary>Sends it, leaves the connection open, and waits for the status of the answer.</summary>
    public static async Task<int> StatusAsync(this ServiceProcess service, byte[] request)
    {
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, service.Client.BaseAddress!.Port);
        await using NetworkStream stream = connection.GetStream();
        await stream.WriteAsync(request);
        using StreamReader answer = new(stream, Encoding.ASCII);
        string line = await answer.ReadLineAsync().WaitAsync(ServiceProcess.Patience) ?? throw new InvalidOperationException("The connection was closed without an answer.");
        return int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
