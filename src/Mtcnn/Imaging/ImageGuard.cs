using OpenCvSharp;

namespace Mtcnn.Imaging;

/// <summary>Refuses Mats that hold no image.</summary>
internal static class ImageGuard
{
    /// <summary>Checks that there are pixels.</summary>
    /// <exception cref="ArgumentException">The Mat is null, or empty.</exception>
    /// <exception cref="ObjectDisposedException">The Mat was disposed.</exception>
    public static void ThrowIfNoImage(Mat image)
    {
        ArgumentNullException.ThrowIfNull(image);
        image.ThrowIfDisposed();
        if (image.Empty())
        {
            throw new ArgumentException("The image is empty.", nameof(image));
        }
    }
}
