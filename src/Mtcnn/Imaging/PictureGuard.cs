using OpenCvSharp;

namespace Mtcnn.Imaging;

/// <summary>Refuses Mats that hold no picture.</summary>
internal static class PictureGuard
{
    /// <summary>Checks that there are pixels.</summary>
    /// <exception cref="ArgumentException">The Mat is null, or empty.</exception>
    /// <exception cref="ObjectDisposedException">The Mat was disposed.</exception>
    public static void ThrowIfNoPicture(Mat image)
    {
        ArgumentNullException.ThrowIfNull(image);
        image.ThrowIfDisposed();
        if (image.Empty())
        {
            throw new ArgumentException("The picture is empty.", nameof(image));
        }
    }
}
