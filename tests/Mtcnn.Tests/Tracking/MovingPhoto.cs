using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Tracking;

/// <summary>Frames of a simulated camera that moves over a real photo, so that the positions of the faces are known in every frame.</summary>
internal sealed class MovingPhoto : IDisposable
{
    private readonly Mat _photo = new();
    private readonly int _step;

    /// <param name="image">The photo.</param>
    /// <param name="step">Pixels that the camera moves to the right from frame to frame.</param>
    public MovingPhoto(string image, int step = 4)
    {
        using Mat photo = Cv2.ImRead(SharedFiles.Image(image));
        Cv2.CopyMakeBorder(photo, _photo, 0, 0, 0, photo.Width, BorderTypes.Replicate);
        Size = photo.Size();
        _step = step;
    }

    /// <summary>The size of a frame.</summary>
    public Size Size { get; }

    /// <summary>Returns the distance that the faces have moved to the left at a frame.</summary>
    public int ShiftOf(int frame) => frame * _step;

    public Mat Frame(int number) => new(_photo, new Rect(ShiftOf(number), 0, Size.Width, Size.Height));

    public void Dispose() => _photo.Dispose();
}
