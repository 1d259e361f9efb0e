using Mtcnn.Detection;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Support;

/// <summary>An image that is in progress until the test lets it continue, so that others must wait. Its turn is taken when it has been made.</summary>
internal sealed class HeldImage : IDisposable
{
    private readonly ManualResetEventSlim _goOn = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _path;

    private HeldImage(string name, IFaceDetectionService service)
    {
        _path = SharedFiles.Image(name);
        Result = DetectAsync(service);
    }

    /// <summary>What comes of the image once it may continue.</summary>
    public Task<ImageFaces<string>> Result { get; }

    /// <summary>Takes a turn of a service that has one free.</summary>
    public static async Task<HeldImage> HoldAsync(IFaceDetectionService service, string name = "astronaut.png")
    {
        HeldImage held = new(name, service);
        await held._opened.Task;
        return held;
    }

    /// <summary>Lets it continue.</summary>
    public void GoOn() => _goOn.Set();

    public void Dispose()
    {
        _goOn.Set();
        ((IAsyncResult)Result).AsyncWaitHandle.WaitOne();
        _goOn.Dispose();
    }

    private async Task<ImageFaces<string>> DetectAsync(IFaceDetectionService service)
    {
        IAsyncEnumerable<ImageFaces<string>> results = service.DetectBatchAsync(
            new[] { _path }.ToAsyncEnumerable(),
            path =>
            {
                _opened.SetResult();
                _goOn.Wait();
                return ImageReader.Read(path);
            });
        return await results.SingleAsync();
    }
}
