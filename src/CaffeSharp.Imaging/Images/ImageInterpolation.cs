using System.Numerics.Tensors;

namespace CaffeSharp.Imaging;

/// <summary>Linear interpolation as pycaffe's two ways of resizing do it.</summary>
internal static class ImageInterpolation
{
    internal static float[] Resize(FloatImage image, int height, int width)
    {
        if (image.Channels is not (1 or 3))
        {
            return Interpolate(
                image, CornerSamples(image.Height, height), CornerSamples(image.Width, width), least: 0, range: 1);
        }

        float least = TensorPrimitives.Min(image.Pixels);
        float most = TensorPrimitives.Max(image.Pixels);
        if (most > least)
        {
            return Interpolate(
                image, AreaSamples(image.Height, height), AreaSamples(image.Width, width), least, most - least);
        }

        float[] constant = new float[height * width * image.Channels];
        Array.Fill(constant, least);
        return constant;
    }

    /// <summary>Pixels are areas: centres are at one half. What lies outside has no pixel.</summary>
    private static AxisSample[] AreaSamples(int length, int newLength)
    {
        double scale = (double)length / newLength;
        AxisSample[] samples = new AxisSample[newLength];
        for (int at = 0; at < newLength; at++)
        {
            double position = (scale * (at + 0.5)) - 0.5;
            int lower = (int)Math.Floor(position);
            int upper = (int)Math.Ceiling(position);
            samples[at] = new(lower, upper < length ? upper : -1, position - lower);
        }

        return samples;
    }

    /// <summary>Pixels are points: the first and the last stay the first and the last.</summary>
    private static AxisSample[] CornerSamples(int length, int newLength)
    {
        double scale = newLength > 1 ? (length - 1.0) / (newLength - 1) : 1;
        AxisSample[] samples = new AxisSample[newLength];
        for (int at = 0; at < newLength; at++)
        {
            // Rounding must not lead beyond the last.
            double position = Math.Min(scale * at, length - 1);
            int lower = (int)position;
            samples[at] = new(lower, Math.Min(lower + 1, length - 1), position - lower);
        }

        return samples;
    }

    /// <summary>Interpolates values that are brought to 0..1 first, in single precision as pycaffe does; outside is 0.</summary>
    private static float[] Interpolate(
        FloatImage image, AxisSample[] rows, AxisSample[] columns, float least, float range)
    {
        int channels = image.Channels;
        float[] normal = new float[image.Pixels.Length];
        TensorPrimitives.Subtract(image.Pixels, least, normal);
        TensorPrimitives.Divide(normal, range, normal);
        float[] result = new float[rows.Length * columns.Length * channels];
        int target = 0;
        foreach (AxisSample row in rows)
        {
            foreach (AxisSample column in columns)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    double upper = Between(Value(row.Lower, column.Lower), Value(row.Lower, column.Upper), column.Fraction);
                    double lower = Between(Value(row.Upper, column.Lower), Value(row.Upper, column.Upper), column.Fraction);
                    result[target++] = (float)((Between(upper, lower, row.Fraction) * range) + least);

                    double Value(int y, int x) => y < 0 || x < 0 ? 0 : normal[(((y * image.Width) + x) * channels) + channel];
                }
            }
        }

        return result;
    }

    private static double Between(double first, double second, double fraction) =>
        ((1 - fraction) * first) + (fraction * second);

    /// <summary>Where a new pixel lies along one axis: between two old ones, of which -1 is outside.</summary>
    private readonly record struct AxisSample(int Lower, int Upper, double Fraction);
}
