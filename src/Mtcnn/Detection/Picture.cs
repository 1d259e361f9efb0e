using OpenCvSharp;

namespace Mtcnn.Detection;

/// <summary>The form of picture that the steps of the cascade work on.</summary>
internal static class Picture
{
    /// <summary>The size of an 8-bit BGR picture.</summary>
    /// <exception cref="ArgumentException">The Mat is empty or of another type.</exception>
    public static ImageSize SizeOf(Mat picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Empty() || picture.Type() != MatType.CV_8UC3)
        {
            throw new ArgumentException(
                $"The steps of the cascade work on an 8-bit BGR picture (CV_8UC3), not on {Describe(picture)}. ImageReader makes one of any image.",
                nameof(picture));
        }

        return new ImageSize(picture.Width, picture.Height);
    }

    private static string Describe(Mat picture) => picture.Empty() ? "an empty Mat" : $"a Mat of type {picture.Type()}";
}
