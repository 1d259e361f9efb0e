using Google.Protobuf;

using Mtcnn.Cli.Terminal;

namespace Mtcnn.Cli.Inspect;

/// <summary>
/// Lists the layers of a caffemodel (NetParameter of caffe.proto in binary form) without its prototxt, skipping the weights
/// themselves. Knows the current layers and those that Caffe wrote until 2014 (V1LayerParameter).
/// </summary>
internal static class CaffemodelReader
{
    // Field numbers of caffe.proto.
    private const int NetName = 1;
    private const int NetV1Layers = 2;
    private const int NetLayer = 100;
    private const int ShapeDimension = 1;
    private const int BlobLegacyWidth = 4;
    private const int BlobShape = 7;

    private static readonly LayerFields Current = new(Name: 1, Type: 2, Bottom: 3, Top: 4, Blobs: 7);
    private static readonly LayerFields V1 = new(Name: 4, Type: 5, Bottom: 2, Top: 3, Blobs: 6);

    /// <summary>The name and the layers, in the file's order. Throws <see cref="CommandException"/> where it is no caffemodel.</summary>
    public static (string NetName, IReadOnlyList<LayerSummary> Layers) Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using CodedInputStream input = CodedInputStream.CreateWithLimits(file, int.MaxValue, recursionLimit: 16);
            return Read(input, path);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw NoCaffemodel(path, failure);
        }
    }

    private static (string NetName, IReadOnlyList<LayerSummary> Layers) Read(CodedInputStream input, string path)
    {
        string name = string.Empty;
        List<LayerSummary> layers = [];
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case NetName:
                    name = input.ReadString();
                    break;
                case NetLayer:
                    layers.Add(ReadLayer(input.ReadBytes(), Current));
                    break;
                case NetV1Layers:
                    layers.Add(ReadLayer(input.ReadBytes(), V1));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return layers.Count > 0 ? (name, layers) : throw NoCaffemodel(path, null);
    }

    private static LayerSummary ReadLayer(ByteString layer, LayerFields fields)
    {
        string name = string.Empty;
        string type = string.Empty;
        List<string> bottoms = [];
        List<string> tops = [];
        List<long[]> blobs = [];
        using CodedInputStream input = layer.CreateCodedInput();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case var field when field == fields.Name:
                    name = input.ReadString();
                    break;
                case var field when field == fields.Type:
                    type = WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint
                        ? V1LayerType.NameOf(input.ReadEnum())
                        : input.ReadString();
                    break;
                case var field when field == fields.Bottom:
                    bottoms.Add(input.ReadString());
                    break;
                case var field when field == fields.Top:
                    tops.Add(input.ReadString());
                    break;
                case var field when field == fields.Blobs:
                    blobs.Add(ReadBlobShape(input.ReadBytes()));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new LayerSummary(name, type, bottoms, tops, [], blobs, null);
    }

    private static long[] ReadBlobShape(ByteString blob)
    {
        // Before shapes had any number of axes they were num, channels, height and width: fields 1 to 4.
        long[]? legacy = null;
        long[]? shape = null;
        using CodedInputStream input = blob.CreateCodedInput();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case <= BlobLegacyWidth and var field:
                    legacy ??= [1, 1, 1, 1];
                    legacy[field - 1] = input.ReadInt32();
                    break;
                case BlobShape:
                    shape = ReadShape(input.ReadBytes());
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return shape ?? legacy ?? [];
    }

    private static long[] ReadShape(ByteString shape)
    {
        List<long> dimensions = [];
        using CodedInputStream input = shape.CreateCodedInput();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) != ShapeDimension)
            {
                input.SkipLastField();
            }
            else if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint)
            {
                dimensions.Add(input.ReadInt64());
            }
            else
            {
                using CodedInputStream packed = input.ReadBytes().CreateCodedInput();
                while (!packed.IsAtEnd)
                {
                    dimensions.Add(packed.ReadInt64());
                }
            }
        }

        return [.. dimensions];
    }

    private static CommandException NoCaffemodel(string path, Exception? cause) => new(
        $"{path} is no caffemodel, or it is damaged or cut off.",
        "HDF5 weights and solver states hold no layers: name the prototxt first, mtcnn inspect NET.prototxt WEIGHTS.",
        cause);

    private sealed record LayerFields(int Name, int Type, int Bottom, int Top, int Blobs);
}
