using Mtcnn.Cli.Terminal;
using Mtcnn.Models;

namespace Mtcnn.Cli.Weights;

/// <summary>Runs `mtcnn models fetch`.</summary>
internal static class ModelsFetch
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(string[] names, string? folder, CancellationToken stop)
    {
        OriginalModel[] models = names.Length == 0 ? [.. ModelCatalog.Detection] : [.. names.Select(ModelCatalog.ByName).Distinct()];
        string target = folder
            ?? ModelLocator.UserFolder
            ?? throw new CommandException("The folder for the user's models was not found.", "Name a folder: mtcnn models fetch --to DIR");
        TextWriter output = StandardOutput.OpenText();
        await using (output.ConfigureAwait(false))
        {
            using HttpClient client = new() { Timeout = RequestTimeout };
            ModelDownloader downloader = new(client);
            foreach (OriginalModel model in models)
            {
                ModelFetchResult result = await FetchAsync(downloader, model, target, stop).ConfigureAwait(false);
                string how = result.Source is null ? "already present, and is the original" : $"fetched from {result.Source}, and is the original";
                await output.WriteLineAsync($"{model.Name}: {result.Path} ({how})").ConfigureAwait(false);
            }
        }

        return ExitCode.Success;
    }

    private static async Task<ModelFetchResult> FetchAsync(
        ModelDownloader downloader, OriginalModel model, string folder, CancellationToken stop)
    {
        ModelFetchResult? result = null;
        await ProgressBar.RunAsync(
            model.FileName,
            model.Size,
            sharesTerminal: false,
            async progress => result = await downloader
                .FetchAsync(model, folder, new FetchProgress(progress), stop)
                .ConfigureAwait(false)).ConfigureAwait(false);
        return result!;
    }

    // Progress<T> would report from the thread pool and out of order.
    private sealed class FetchProgress(IProgressReport progress) : IProgress<ModelFetchProgress>
    {
        public void Report(ModelFetchProgress value) => progress.Done(value.Received);
    }
}
