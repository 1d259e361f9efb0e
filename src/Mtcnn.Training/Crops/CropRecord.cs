using CaffeSharp;
using CaffeSharp.Messages;
using Mtcnn.Cascade.Boxes;
using Mtcnn.Faces;
using Mtcnn.Sampling;

namespace Mtcnn.Training.Crops;

/// <summary>
/// Converts crops to the records of a store: a Datum of bytes, which Caffe's Data layer reads with its label. The targets are in <c>float_data</c>, which that layer
/// ignores if there are bytes: four offsets, then ten point coordinates, -1 if they are unknown.
/// </summary>
internal static class CropRecord
{
    private const int PatchChannels = Landmarks.Count * Resampling.Channels;
    private const int OffsetCount = 4;
    private const int PointCount = 2 * Landmarks.Count;
    private const float Unknown = -1;

    /// <summary>Creates the record of a crop.</summary>
    /// <exception cref="ArgumentException">The number of pixels or points is wrong.</exception>
    public static Datum Of(Crop crop)
    {
        if (!IsChannels(crop.Channels))
        {
            throw new ArgumentException($"A crop must have {Resampling.Channels} planes, or {PatchChannels} for five patches (got {crop.Channels}).", nameof(crop));
        }

        Datum datum = DatumArrays.FromBytes(crop.Pixels.Span, crop.Channels, crop.Side, crop.Side, (int)crop.Kind);
        datum.FloatData.Capacity = OffsetCount + PointCount;
        BoxOffsets offsets = crop.Targets.Offsets ?? new BoxOffsets(Unknown, Unknown, Unknown, Unknown);
        datum.FloatData.AddRange([offsets.Left, offsets.Top, offsets.Right, offsets.Bottom]);
        if (crop.Targets.Points is { Count: not PointCount })
        {
            throw new ArgumentException($"A crop must have {PointCount} point coordinates or none (got {crop.Targets.Points.Count}).", nameof(crop));
        }

        datum.FloatData.AddRange(crop.Targets.Points ?? Enumerable.Repeat(Unknown, PointCount));
        return datum;
    }

    /// <summary>Creates a crop from its record.</summary>
    /// <exception cref="FormatException">The record is not a crop; the message says why.</exception>
    public static Crop Read(Datum datum)
    {
        if (datum.Encoded || !IsChannels(datum.Channels) || datum.Height != datum.Width || datum.Data.Length != datum.Channels * datum.Height * datum.Width)
        {
            throw new FormatException(
                $"it is a Datum of {datum.Channels} x {datum.Height} x {datum.Width} with {datum.Data.Length} bytes, not {Resampling.Channels} planes of square pixels, or {PatchChannels}");
        }

        if (datum.FloatData.Count != OffsetCount + PointCount)
        {
            throw new FormatException($"it has {datum.FloatData.Count} targets instead of {OffsetCount + PointCount}");
        }

        CropKind kind = (CropKind)datum.Label;
        if (!Enum.IsDefined(kind))
        {
            throw new FormatException($"its label {datum.Label} is not a kind of crop");
        }

        return new Crop(kind, datum.Height, datum.Data.Memory, TargetsOf(kind, [.. datum.FloatData]));
    }

    private static bool IsChannels(int channels) => channels is Resampling.Channels or PatchChannels;

    // -1 is also a valid offset, so all four are checked: the edges of a face never all have the offset -1.
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
