using Mtcnn.Cascade.Boxes;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Options;

namespace Mtcnn.Training.Batches;

/// <summary>Writes crops into rows of batches, with random augmentation. Not thread-safe.</summary>
/// <param name="augmentation">The augmentation.</param>
/// <param name="side">The side of the crops.</param>
internal sealed class CropWriter(CropAugmentation augmentation, int side)
{
    private const int Channels = 3;
    private const float Middle = 127.5f;
    private const float Range = 128;
    private const float Highest = 255;

    // Mirroring swaps the left and right eye, the corners of the mouth, and their patches.
    private static readonly int[] s_mirroredPoints = [1, 0, 2, 4, 3];

    private readonly int _patchLength = Channels * side * side;
    private readonly float[] _blurred = new float[side * side];

    /// <summary>Writes pixels, offsets and points. The caller writes the label.</summary>
    /// <param name="crop">The crop.</param>
    /// <param name="withTargets">Whether offsets and points are written.</param>
    /// <param name="batch">The batch, without targets in that row.</param>
    /// <param name="row">The row.</param>
    /// <param name="random">The random numbers of the augmentation.</param>
    internal void Write(Crop crop, bool withTargets, TrainingBatch batch, int row, SplitMix random)
    {
        bool mirrored = random.NextSingle() < augmentation.Mirror;
        Span<float> pixels = batch.Row(row);
        WritePixels(crop.Pixels.Span, pixels, mirrored, ref random);
        if (random.NextSingle() < augmentation.Grey)
        {
            for (int patch = 0; patch < pixels.Length; patch += _patchLength)
            {
                RemoveColour(pixels.Slice(patch, _patchLength));
            }
        }

        if (random.NextSingle() < augmentation.Blur)
        {
            for (int plane = 0; plane < pixels.Length; plane += side * side)
            {
                Blur(pixels.Slice(plane, side * side));
            }
        }

        if (withTargets && crop.Targets.Offsets is { } offsets)
        {
            WriteOffsets(offsets, batch.Offsets.Slice(row * TrainingBatch.OffsetCount, TrainingBatch.OffsetCount), mirrored);
        }

        if (withTargets && crop.Targets.Points is { } points)
        {
            WritePoints(points, batch.Points.Slice(row * TrainingBatch.PointCount, TrainingBatch.PointCount), mirrored);
        }
    }

    private static void WriteOffsets(in BoxOffsets from, Span<float> to, bool mirrored)
    {
        to[0] = mirrored ? -from.Right : from.Left;
        to[1] = from.Top;
        to[2] = mirrored ? -from.Left : from.Right;
        to[3] = from.Bottom;
    }

    private static void WritePoints(IReadOnlyList<float> from, Span<float> to, bool mirrored)
    {
        const int Points = TrainingBatch.PointCount / 2;
        for (int point = 0; point < Points; point++)
        {
            int source = mirrored ? s_mirroredPoints[point] : point;
            to[point] = mirrored ? 1 - from[source] : from[source];
            to[Points + point] = from[Points + source];
        }
    }

    /// <summary>All patches of a face are changed in the same way.</summary>
    private void WritePixels(ReadOnlySpan<byte> from, Span<float> to, bool mirrored, ref SplitMix random)
    {
        float contrast = 1 + ((float)augmentation.Contrast * random.NextSigned());
        float shift = (Highest * (float)augmentation.Brightness * random.NextSigned()) + (Middle * (1 - contrast));
        Span<float> factors = stackalloc float[Channels];
        foreach (ref float factor in factors)
        {
            factor = contrast * (1 + ((float)augmentation.Colour * random.NextSigned()));
        }

        int patches = from.Length / _patchLength;
        for (int patch = 0; patch < patches; patch++)
        {
            int source = mirrored && patches > 1 ? s_mirroredPoints[patch] : patch;
            WritePatch(from.Slice(source * _patchLength, _patchLength), to.Slice(patch * _patchLength, _patchLength), mirrored, factors, shift);
        }
    }

    /// <summary>A plane has a line of pixels for each x, so mirroring reverses the order of its lines.</summary>
    private void WritePatch(ReadOnlySpan<byte> from, Span<float> to, bool mirrored, ReadOnlySpan<float> factors, float shift)
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            float factor = factors[channel];
            bool plain = factor == 1 && shift == 0;
            for (int x = 0; x < side; x++)
            {
                ReadOnlySpan<byte> source = from.Slice(((channel * side) + x) * side, side);
                Span<float> line = to.Slice(((channel * side) + (mirrored ? side - 1 - x : x)) * side, side);
                for (int y = 0; y < line.Length; y++)
                {
                    float value = source[y];
                    value = plain ? value : Math.Clamp((value * factor) + shift, 0, Highest);
                    line[y] = (value - Middle) / Range;
                }
            }
        }
    }

    private void RemoveColour(Span<float> pixels)
    {
        int plane = side * side;
        for (int at = 0; at < plane; at++)
        {
            float grey = (0.299f * pixels[at]) + (0.587f * pixels[plane + at]) + (0.114f * pixels[(2 * plane) + at]);
            pixels[at] = grey;
            pixels[plane + at] = grey;
            pixels[(2 * plane) + at] = grey;
        }
    }

    private void Blur(Span<float> plane)
    {
        for (int x = 0; x < side; x++)
        {
            for (int y = 0; y < side; y++)
            {
                int at = (x * side) + y;
                _blurred[at] = (plane[at] / 2) + ((plane[at - (y > 0 ? 1 : 0)] + plane[at + (y < side - 1 ? 1 : 0)]) / 4);
            }
        }

        for (int x = 0; x < side; x++)
        {
            int before = x > 0 ? side : 0;
            int after = x < side - 1 ? side : 0;
            for (int y = 0; y < side; y++)
            {
                int at = (x * side) + y;
                plane[at] = (_blurred[at] / 2) + ((_blurred[at - before] + _blurred[at + after]) / 4);
            }
        }
    }
}
