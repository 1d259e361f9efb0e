using System.Runtime.InteropServices;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;
using Google.Protobuf;

namespace CaffeSharp.Tests.Nets;

/// <summary>Caffemodels of NVCaffe: values as bytes, in half precision or otherwise, and shapes with more axes of length 1.</summary>
[Collection(AloneCollection.Name)]
public sealed class RawWeightsTests : LeakGate
{
    private const string Definition =
        "layer { name: 'in' type: 'Input' top: 'x' input_param { shape { dim: 1 dim: 3 } } } " +
        "layer { name: 'ip' type: 'InnerProduct' bottom: 'x' top: 'y' inner_product_param { num_output: 2 } }";

    private static readonly float[] s_weights = [0.5f, -2, 65504, 6.1035e-5f, 5.9605e-8f, 0];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Values_stored_as_bytes_when_loaded_are_the_parameters(int type)
    {
        byte[] bytes = type switch
        {
            0 => MemoryMarshal.AsBytes<double>(Array.ConvertAll(s_weights, value => (double)value)).ToArray(),
            1 => MemoryMarshal.AsBytes<float>(s_weights).ToArray(),
            _ => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(s_weights, value => (Half)value)).ToArray(),
        };
        using Net net = Net.FromText(Definition);

        net.CopyFrom(Caffemodel(type, bytes));

        Assert.Equal(
            type == 2 ? Array.ConvertAll(s_weights, value => (float)(Half)value) : s_weights,
            net.Parameters["ip"][0].Data.Span.ToArray());
        Assert.Equal([3, -1], net.Parameters["ip"][1].Data.Span.ToArray());
    }

    [Theory]
    [InlineData(3, 12, "has raw values of type 3; double (0), float (1) and half precision (2) are supported")]
    [InlineData(2, 11, "has 11 bytes of raw values, which is not a multiple of 2")]
    [InlineData(2, 10, "holds 5 values, its shape 2 x 3 requires 6")]
    public void Bytes_that_are_not_the_values_are_refused_with_the_layer(int type, int length, string message)
    {
        using Net net = Net.FromText(Definition);

        CaffeException error = Assert.Throws<CaffeException>(() => net.CopyFrom(Caffemodel(type, new byte[length])));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("ip", error.LayerName);
    }

    // The biases have the shape 1 x 2 x 1 x 1, as NVCaffe writes parameters per channel.
    private static byte[] Caffemodel(int type, byte[] bytes) => new NetParameter
    {
        Name = "raw",
        Layer =
        {
            new LayerParameter
            {
                Name = "ip",
                Type = "InnerProduct",
                Blobs =
                {
                    new BlobProto { Shape = new CaffeSharp.Messages.BlobShape { Dim = { 2, 3 } }, RawDataType = type, RawData = ByteString.CopyFrom(bytes) },
                    new BlobProto { Shape = new CaffeSharp.Messages.BlobShape { Dim = { 1, 2, 1, 1 } }, Data = { 3, -1 } },
                },
            },
        },
    }.ToByteArray();
}
