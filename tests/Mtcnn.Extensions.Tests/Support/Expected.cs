using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Models;
using Mtcnn.Tests.Support;

namespace Mtcnn.Extensions.Tests.Support;

/// <summary>What a detector without a service finds.</summary>
internal static class Expected
{
    private static readonly Lazy<FaceDetector> Detector = new(() => new FaceDetector(new FaceDetectorOptions { Models = ModelFiles.Locate(ServiceHost.Models) }));

    /// <summary>The faces of a shared image, with the default options.</summary>
    public static IReadOnlyList<Face> In(string name)
    {
        IReadOnlyList<Face> faces = Detector.Value.Detect(SharedFiles.Image(name));
        Assert.NotEmpty(faces);
        return faces;
    }
}
