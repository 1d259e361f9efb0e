using CaffeSharp.Tests.Support;
using Microsoft.Extensions.Hosting;
using Mtcnn.Extensions.Tests.Support;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Extensions.Tests.Detection;

[Collection(AloneCollection.Name)]
public sealed class ServiceMemoryTests
{
    private const int WarmUp = 50;

    // The runtime's heaps and the largest image seen come and go by less; 60 kB lost an image would be more.
    private const long Tolerance = 40_000_000;

    [Fact]
    public async Task Seven_hundred_images_of_changing_size_leave_memory_flat_after_the_first_fifty()
    {
        using Mat group = ImageReader.Read(SharedFiles.Image("dlib-faces/2008_002470.jpg"));
        using IHost host = await ServiceHost.StartAsync();
        IFaceDetectionService service = host.Detection();
        int faces = await DetectAsync(0, WarmUp);
        long before = ProcessMemory.Resident();

        faces += await DetectAsync(WarmUp, 650);

        Assert.InRange(faces, 50, int.MaxValue);
        Assert.InRange(ProcessMemory.Resident() - before, long.MinValue, Tolerance);

        // Widths and heights from 40 to 279 pixels, in an order that never settles; encoded, so that each is decoded by the service.
        async Task<int> DetectAsync(int first, int count)
        {
            int found = 0;
            for (int i = first; i < first + count; i++)
            {
                using Mat image = new();
                Cv2.Resize(group, image, new Size(40 + (i * 37 % 240), 40 + (i * 53 % 240)));
                found += (await service.DetectAsync(image.ImEncode(".jpg"))).Faces.Count;
            }

            return found;
        }
    }
}
