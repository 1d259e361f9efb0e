using CaffeSharp;
using CaffeSharp.Messages;
using Mtcnn.Cascade.Boxes;
using Mtcnn.Faces;
using Mtcnn.Sampling;

namespace Mtcnn.Training.Crops;

/// <summary>
/// The form of a crop in a store: a Datum of bytes, which Caffe's Data layer reads with its label; the targets are in <c>float_data</c>, which that layer
/// leaves alone where there are bytes: four offsets, then ten points, -1 where they are not known.
/// </summary>
internal static class CropRecord
{
    private const int PatchChannels = Landmarks.Count * Resampling.Channels;
    private const int OffsetCount = 4;
    private const int PointCount = 2 * Landmarks.Count;
    private const float Unknown = -1;

    /// <summary>Makes the record of a crop.</summary>
    /// <exception cref="ArgumentException">The pixels or the points do not fit.</exception>
    public static Datum Of(Crop crop)
    {
        if (!IsChannels(crop.Channels))
        {
            throw new ArgumentException($"A crop has {Resampling.Channels} planes, or {PatchChannels} where it is five patches, not {crop.Channels}.", nameof(crop));
        }

        Datum datum = DatumArrays.FromBytes(crop.Pixels.Span, crop.Channels, crop.Side, crop.Side, (int)crop.Kind);
        datum.FloatData.Capacity = OffsetCount + PointCount;
        BoxOffsets offsets = crop.Targets.Offsets ?? new BoxOffsets(Unknown, Unknown, Unknown, Unknown);
        datum.FloatData.AddRange([offsets.Left, offsets.Top, offsets.Right, offsets.Bottom]);
        if (crop.Targets.Points is { Count: not PointCount })
        {
            throw new ArgumentException($"A crop has {PointCount} values of points or none, not {crop.Targets.Points.Count}.", nameof(crop));
        }

        datum.FloatData.AddRange(crop.Targets.Points ?? Enumerable.Repeat(Unknown, PointCount));
        return datum;
    }

    /// <summary>Makes a crop of its record.</summary>
    /// <exception cref="FormatException">It is not a record of a crop; the message says what it is.</exception>
    public static Crop Read(Datum datum)
    {
        if (datum.Encoded || !IsChannels(datum.Channels) || datum.Height != datum.Width || datum.Data.Length != datum.Channels * datum.Height * datum.Width)
        {
            throw new FormatException(
                $"it is a Datum of {datum.Channels} x {datum.Height} x {datum.Width} with {datum.Data.Length} bytes, not {Resampling.Channels} planes of square pixels, or {PatchChannels}");
        }

        if (datum.FloatData.Count != OffsetCount + PointCount)
        {
            throw new FormatException($"it has {datum.FloatData.Count} targets where {OffsetCount + PointCount} belong");
        }

        CropKind kind = (CropKind)datum.Label;
        if (!Enum.IsDefined(kind))
        {
            throw new FormatException($"its label {datum.Label} is that of no kind of crop");
        }

        return new Crop(kind, datum.Height, datum.Data.Memory, TargetsOf(kind, [.. datum.FloatData]));
    }

    private static bool IsChannels(int channels) => channels is Resampling.Channels or PatchChannels;

    // -1 is also a possible offset, so all four tell; a face's edges are never all one side away in the same direction.
    private static CropTargets TargetsOf(CropKind kind, float[] values)
    {
        if (kind == CropKind.Negative)
        {
            return CropTargets.None;
        }

        ReadOnlySpan<float> offsets = values.AsSpan(0, OffsetCount);
        ArraySegment<float> points = new(values, OffsetCount, PointCount);
        return new CropTargets(
            offsets.ContainsAnyExcept(Unknown) ? new BoxOffsets(offsets[0], offsets[1], offsets[2], offsets[3]) : null,
            points.AsSpan().ContainsAnyExcept(Unknown) ? (IReadOnlyList<float>)points : null);
    }
}
