using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mtcnn.Detection;
using Mtcnn.Extensions.Tests.Support;
using Mtcnn.Imaging;
using Mtcnn.Pixels;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Extensions.Tests.Detection;

/// <summary>What the service finds.</summary>
public sealed class FaceDetectionServiceTests
{
    [Theory]
    [InlineData("astronaut.png")]
    [InlineData("obama_and_biden.jpg")]
    public async Task DetectAsync_finds_in_a_path_bytes_a_stream_and_a_mat_what_the_detector_finds(string name)
    {
        string path = SharedFiles.Image(name);
        using Mat image = ImageReader.Read(path);
        DetectedFaces expected = new(new ImageSize(image.Width, image.Height), Expected.In(name));
        using IHost host = await ServiceHost.StartAsync();
        IFaceDetectionService service = host.Detection();
        await using FileStream stream = File.OpenRead(path);

        DetectedFaces[] found =
        [
            await service.DetectAsync(path),
            await service.DetectAsync(await File.ReadAllBytesAsync(path)),
            await service.DetectAsync(stream),
            await service.DetectAsync(image),
        ];

        Assert.All(found, one => Assert.Equal(expected.Size, one.Size));
        Assert.All(found, one => Assert.Equal(expected.Faces, one.Faces));
        Assert.True(stream.CanRead);
        Assert.False(image.IsDisposed);
    }

    [Fact]
    public async Task DetectAsync_of_many_callers_at_once_gives_each_its_own_faces()
    {
        string[] names = ["astronaut.png", "obama.jpg", "biden.jpg", "obama_and_biden.jpg"];
        using IHost host = await ServiceHost.StartAsync();
        IFaceDetectionService service = host.Detection();

        DetectedFaces[] found = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => service.DetectAsync(SharedFiles.Image(names[i % names.Length]))));

        Assert.All(found.Index(), one => Assert.Equal(Expected.In(names[one.Index % names.Length]), one.Item.Faces));
    }

    [Fact]
    public async Task DetectAsync_of_an_image_that_cannot_be_read_throws_what_the_reader_throws()
    {
        using IHost host = await ServiceHost.StartAsync();
        IFaceDetectionService service = host.Detection();

        Assert.Equal(ImageErrorKind.NotFound, (await Assert.ThrowsAsync<ImageException>(() => service.DetectAsync("no such file"))).Kind);
        Assert.Equal(ImageErrorKind.NotAnImage, (await Assert.ThrowsAsync<ImageException>(() => service.DetectAsync("words"u8.ToArray()))).Kind);
        Assert.Equal(ImageErrorKind.Truncated, (await Assert.ThrowsAsync<ImageException>(() => service.DetectAsync(SharedFiles.Image("truncated.jpg")))).Kind);
        Assert.NotEmpty((await service.DetectAsync(SharedFiles.Image("astronaut.png"))).Faces);
    }

    [Fact]
    public async Task DetectAsync_of_more_pixels_than_allowed_refuses_them_undecoded()
    {
        using IHost host = await ServiceHost.StartAsync(options => options.MaximumPixels = (512 * 512) - 1);

        ImageException failure = await Assert.ThrowsAsync<ImageException>(() => host.Detection().DetectAsync(SharedFiles.Image("astronaut.png")));

        Assert.Equal(ImageErrorKind.TooLarge, failure.Kind);
        Assert.Contains("512 x 512 pixels; the limit is 262143 pixels", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_without_a_host_has_the_service_too_and_disposes_what_it_made()
    {
        FaceDetector detector;
        IFaceDetectionService service;
        await using (ServiceProvider provider = new ServiceCollection().AddMtcnn(options => options.ModelsFolder = ServiceHost.Models).BuildServiceProvider())
        {
            service = provider.GetRequiredService<IFaceDetectionService>();
            detector = provider.GetRequiredService<FaceDetector>();
            Assert.Equal(Expected.In("obama.jpg"), (await service.DetectAsync(SharedFiles.Image("obama.jpg"))).Faces);
        }

        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => service.DetectAsync(SharedFiles.Image("obama.jpg")));
        _ = Assert.Throws<ObjectDisposedException>(() => detector.Detect(SharedFiles.Image("obama.jpg")));
    }
}
