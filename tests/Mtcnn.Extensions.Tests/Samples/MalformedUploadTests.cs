using System.Collections.Concurrent;
using Mtcnn.Extensions.Tests.Samples.Malformed;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Samples;

/// <summary>The sample service under a flood of uploads that are not images.</summary>
public sealed class MalformedUploadTests
{
    private const int MostBytes = 1_000_000;

    // Fewer than may wait, so that none is refused for the others' sake.
    private const int AtATime = 32;

    [Fact]
    public async Task A_thousand_malformed_uploads_are_all_the_clients_fault_and_the_next_good_photo_gives_its_face()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync($"--Limits:MaximumBytes={MostBytes}", "--Limits:UploadTime=00:00:02", "--Mtcnn:MaximumWaiting=64");
        byte[] photo = await File.ReadAllBytesAsync(SharedFiles.Image("astronaut.png"));
        string before = await service.DetectAsync(photo);
        IReadOnlyList<MalformedUpload> uploads = MalformedUploads.Thousand(MostBytes);
        ConcurrentBag<(string Fault, int Status)> answers = [];

        await Parallel.ForEachAsync(
            uploads,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            async (upload, _) => answers.Add((upload.Fault, await service.StatusAsync(upload.Request))));

        Assert.Equal(1_000, answers.Count);
        Assert.DoesNotContain(answers, answer => answer.Status is < 400 or >= 500);
        Assert.Equal([400, 405, 408, 413, 415, 422, 431], answers.Select(answer => answer.Status).Distinct().Order());
        Assert.Equal(before, await service.DetectAsync(photo));
        Assert.DoesNotContain("fail:", service.Output, StringComparison.Ordinal);
    }
}
