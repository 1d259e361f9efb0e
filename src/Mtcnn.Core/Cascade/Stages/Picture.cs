using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>The form of picture that the steps of the cascade work on.</summary>
internal static class Picture
{
    /// <summary>Whether a Mat is such a picture already.</summary>
    public static bool IsBgr(Mat picture) => picture is { IsDisposed: false } && !picture.Empty() && picture.Type() == MatType.CV_8UC3;

    /// <summary>The size of an 8-bit BGR picture.</summary>
    /// <exception cref="ArgumentException">The Mat is empty or of another type.</exception>
    public static ImageSize SizeOf(Mat picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (!IsBgr(picture))
        {
            throw new ArgumentException(
                $"The steps of the cascade work on an 8-bit BGR picture (CV_8UC3), not on {Describe(picture)}. ImageReader makes one of any image.",
                nameof(picture));
        }

        return new ImageSize(picture.Width, picture.Height);
    }

    private static string Describe(Mat picture) => picture switch
    {
        { IsDisposed: true } => "a disposed Mat",
        _ when picture.Empty() => "an empty Mat",
        _ => $"a Mat of type {picture.Type()}",
    };
}
