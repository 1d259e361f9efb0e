using CaffeSharp.Tests.Support;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Detection;

[Collection(AloneCollection.Name)]
public sealed class DetectorMemoryTests
{
    private const int Detections = 2000;
    private const int WarmUp = 100;

    // The runtime's heaps and the buffers of the largest image vary by less. A leak of 20 kB per image would be more.
    private const long Tolerance = 40_000_000;

    [Theory]
    [InlineData("authors")]
    [InlineData("mtcnn-caffe")]
    public void Detect_in_a_large_image_keeps_memory_bounded(string profile)
    {
        using Mat portrait = ImageReader.Read(SharedFiles.Image("astronaut.png"));
        using Mat large = new();
        Cv2.Resize(portrait, large, new Size(5000, 5000));
        using FaceDetector detector = new(Detectors.Of(profile).Options with { Threads = 2 });
        long before = ProcessMemory.Resident();

        Face face = detector.Detect(large)[0];

        Assert.InRange(face.Box.Center.X * 512 / 5000, 215, 232);
        Assert.InRange(ProcessMemory.Resident() - before, long.MinValue, 250_000_000);
    }

    [Fact]
    public void Two_thousand_detections_in_images_of_changing_size_leave_memory_flat_after_the_first_hundred()
    {
        using Mat group = ImageReader.Read(SharedFiles.Image("dlib-faces/2008_002470.jpg"));
        using FaceDetector detector = new(new FaceDetectorOptions { Models = Detectors.Models });
        long afterWarmUp = 0;
        int faces = 0;
        for (int i = 0; i < Detections; i++)
        {
            // Widths and heights from 40 to 279 pixels, in an irregular order.
            using Mat image = new();
            Cv2.Resize(group, image, new Size(40 + (i * 37 % 240), 40 + (i * 53 % 240)));
            faces += detector.Detect(image).Count;
            if (i == WarmUp)
            {
                afterWarmUp = ProcessMemory.Resident();
            }
        }

        Assert.InRange(faces, 100, int.MaxValue);
        Assert.InRange(ProcessMemory.Resident() - afterWarmUp, long.MinValue, Tolerance);
    }

    [Theory]
    [InlineData("authors", 1)]
    [InlineData("authors", 2)]
    [InlineData("mtcnn-caffe", 1)]
    public void Detect_in_an_image_allocates_a_few_kilobytes_once_warm(string profile, int threads)
    {
        using Mat group = ImageReader.Read(SharedFiles.Image("dlib-faces/2008_002470.jpg"));
        using FaceDetector detector = new(Detectors.Of(profile).Options with { Threads = threads, RefineLandmarks = true });
        for (int i = 0; i < 3; i++)
        {
            Assert.NotEmpty(detector.Detect(group));
        }

        // The median is used because on a busy machine a second thread may only now create its nets.
        long[] allocated = new long[9];
        for (int i = 0; i < allocated.Length; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            _ = detector.Detect(group);
            allocated[i] = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        Assert.InRange(allocated.Order().ElementAt(allocated.Length / 2), 0, 32_000);
    }
}
