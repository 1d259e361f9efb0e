using OpenCvSharp;

namespace CaffeSharp.Tests.Support;

/// <summary>Real pixels as the nets take them: RGB planes, transposed, (p - 127.5) / 128.</summary>
internal static class Photo
{
    /// <summary>A face and what is around it, resized.</summary>
    internal static float[] Face(int width, int height)
    {
        using Mat photo = Cv2.ImRead(Originals.Path("images", "astronaut.png"), ImreadModes.Color);
        using Mat face = photo.SubMat(new Rect(150, 20, 180, 180));
        return Pixels(face, width, height);
    }

    /// <summary>A whole photo, resized.</summary>
    internal static float[] Whole(string name, int width, int height)
    {
        using Mat photo = Cv2.ImRead(Originals.Path("images", name), ImreadModes.Color);
        return Pixels(photo, width, height);
    }

    /// <summary>Faces for a batch: the first as it is, each other one a little darker.</summary>
    internal static float[] Batch(int count, int channels, int width, int height)
    {
        float[] face = Face(width, height);
        int plane = width * height;
        float[] values = new float[count * channels * plane];
        for (int at = 0; at < count * channels; at++)
        {
            float brightness = 1f - (0.05f * (at / 3));
            for (int pixel = 0; pixel < plane; pixel++)
            {
                values[(at * plane) + pixel] = brightness * face[(at % 3 * plane) + pixel];
            }
        }

        return values;
    }

    private static float[] Pixels(Mat image, int width, int height)
    {
        using Mat resized = image.Resize(new Size(width, height));
        float[] values = new float[3 * width * height];
        for (int channel = 0; channel < 3; channel++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int y = 0; y < height; y++)
                {
                    byte pixel = resized.At<Vec3b>(y, x)[2 - channel];
                    values[(((channel * width) + x) * height) + y] = (pixel - 127.5f) / 128f;
                }
            }
        }

        return values;
    }
}
