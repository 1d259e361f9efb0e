using System.Net;
using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace Mtcnn.Models;

/// <summary>
/// Downloads original weights from the upstream repositories. A file is written under another name, checked by size and SHA-256 and
/// renamed into place whole, so that a cut-off download is never taken for weights. Thread-safe; the <see cref="HttpClient"/> stays the caller's.
/// </summary>
public sealed class ModelDownloader
{
    /// <summary>How often one source is tried before the next one.</summary>
    public const int Attempts = 3;

    private readonly HttpClient _client;
    private readonly ResiliencePipeline _attempts;

    /// <summary>Prepares downloads.</summary>
    /// <param name="client">Makes the requests; its timeout applies to each one.</param>
    /// <param name="retryDelay">The wait before the second attempt, doubled before every further one; null for one second.</param>
    public ModelDownloader(HttpClient client, TimeSpan? retryDelay = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;

        // A download fails while its body is read too, which a handler of the client does not see.
        _attempts = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Attempts - 1,
                Delay = retryDelay ?? TimeSpan.FromSeconds(1),
                BackoffType = DelayBackoffType.Exponential,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is { } failure
                    && IsNetworkFailure(failure, attempt.Context.CancellationToken)
                    && IsTransient(failure)),
            })
            .Build();
    }

    /// <summary>Makes sure that a folder holds a model's original file; downloads it if it does not.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder; created where it is missing. The file is named <see cref="OriginalModel.FileName"/>.</param>
    /// <param name="progress">Receives each piece that arrives; may be null.</param>
    /// <param name="cancellationToken">Stops the download; what arrived so far is deleted.</param>
    /// <exception cref="ModelException">
    /// No source gave the right file, the folder cannot be written, or another file is in the place; the message names the addresses, why each failed, and
    /// what to do by hand.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ModelFetchResult> FetchAsync(
        OriginalModel model, string folder, IProgress<ModelFetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.Combine(folder, model.FileName);
        ModelVerification present = ModelVerifier.Verify(model, path);
        if (present.Status == ModelStatus.Original)
        {
            return new ModelFetchResult(model, path, null);
        }

        if (present.Status != ModelStatus.Missing)
        {
            // It may be the result of a long training: never overwritten.
            throw new ModelException(ModelErrorKind.FetchFailed, $"{present.Description} (It is in the way: a file is never overwritten.)", path);
        }

        List<string> failures = [];
        foreach (Uri source in model.Sources)
        {
            string? failure = await TryFetchAsync(model, source, path, progress, cancellationToken).ConfigureAwait(false);
            if (failure is null)
            {
                return new ModelFetchResult(model, path, source);
            }

            failures.Add($"  {source}: {failure}");
        }

        throw new ModelException(
            ModelErrorKind.FetchFailed,
            $"The weights of {model} could not be downloaded:\n{string.Join('\n', failures)}\n" +
            $"Check the network (or HTTPS_PROXY) and run again: {ModelLocator.FetchCommand}\n" +
            $"or download one of these files on another machine and put it at {path}",
            path);
    }

    /// <summary>Tries one source until it works or fails for good. Gives null, or what the last attempt failed of.</summary>
    private async Task<string?> TryFetchAsync(
        OriginalModel model, Uri source, string path, IProgress<ModelFetchProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await _attempts.ExecuteAsync(
                async stop => await DownloadAsync(model, source, path, progress, stop).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
        catch (Exception exception) when (IsNetworkFailure(exception, cancellationToken))
        {
            return exception is OperationCanceledException ? $"no answer within {_client.Timeout.TotalSeconds:0.#} s" : exception.Message;
        }
    }

    private async Task DownloadAsync(
        OriginalModel model, Uri source, string path, IProgress<ModelFetchProgress>? progress, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response =
            await _client.GetAsync(source, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        _ = response.EnsureSuccessStatusCode();
        if (response.Content.Headers.ContentLength is { } length && length != model.Size)
        {
            throw new InvalidDataException($"the file there has {length} bytes instead of {model.Size}");
        }

        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            using TemporaryModelFile temporary = new(path);
            string sha256 = await CopyAsync(model, source, body, temporary, progress, cancellationToken).ConfigureAwait(false);
            if (sha256 != model.Sha256)
            {
                throw new InvalidDataException($"the file there has SHA-256 {sha256} instead of {model.Sha256}");
            }

            temporary.MoveIntoPlace();
        }
    }

    private static async Task<string> CopyAsync(
        OriginalModel model, Uri source, Stream body, TemporaryModelFile file, IProgress<ModelFetchProgress>? progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        long received = 0;
        while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int count)
        {
            received += count;
            if (received > model.Size)
            {
                throw new InvalidDataException($"the file there has more than {model.Size} bytes");
            }

            hash.AppendData(buffer, 0, count);
            await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            progress?.Report(new ModelFetchProgress(model, source, received));
        }

        return received == model.Size
            ? Convert.ToHexStringLower(hash.GetHashAndReset())
            : throw new HttpIOException(HttpRequestError.ResponseEnded, $"the connection ended after {received} of {model.Size} bytes");
    }

    private static bool IsNetworkFailure(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        HttpRequestException or IOException => true,

        // HttpClient reports its timeout as a cancellation that was not requested.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    private static bool IsTransient(Exception exception) => exception is not HttpRequestException { StatusCode: { } status }
        || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
