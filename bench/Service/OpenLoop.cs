using System.Collections.Concurrent;
using System.Diagnostics;

namespace Mtcnn.ServiceLoad;

/// <summary>Clients who come when they come, whether others have had their answers or not.</summary>
internal sealed class OpenLoop(Uri detect, byte[] photo) : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Sends requests at a rate, and waits for all answers.</summary>
    /// <param name="rate">Requests a second.</param>
    /// <param name="duration">For how long requests are sent.</param>
    /// <param name="gap">From a request to the next, as a part of the mean.</param>
    public async Task<LoadAnswers> RunAsync(double rate, TimeSpan duration, Func<double> gap)
    {
        ConcurrentBag<LoadAnswer> answers = [];
        List<Task> sent = [];
        long start = Stopwatch.GetTimestamp();
        for (double due = 0; due < duration.TotalSeconds; due += gap() / rate)
        {
            TimeSpan wait = TimeSpan.FromSeconds(due) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait).ConfigureAwait(false);
            }

            sent.Add(SendAsync(TimeSpan.FromSeconds(due)));
        }

        await Task.WhenAll(sent).ConfigureAwait(false);
        return new LoadAnswers([.. answers], Stopwatch.GetElapsedTime(start));

        // Counts from when the request was due: a client that is late itself hides nothing.
        async Task SendAsync(TimeSpan due)
        {
            using ByteArrayContent content = new(photo);
            using HttpResponseMessage response = await _client.PostAsync(detect, content).ConfigureAwait(false);
            answers.Add(new LoadAnswer((int)response.StatusCode, response.Headers.RetryAfter is not null, Stopwatch.GetElapsedTime(start) - due));
        }
    }

    public void Dispose() => _client.Dispose();
}
