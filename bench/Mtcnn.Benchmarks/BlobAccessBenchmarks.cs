using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using CaffeSharp;

namespace Mtcnn.Benchmarks;

/// <summary>What .NET adds to a net: reading one value, and a pass whose layers compute nothing.</summary>
[MemoryDiagnoser]
public class BlobAccessBenchmarks
{
    private const int LayerCount = 16;

    private Net? _net;
    private Blob? _last;

    [GlobalSetup]
    public void Open()
    {
        // A Flatten layer shares its bottom's memory.
        StringBuilder prototxt = new("""
            layer { name: "input" type: "Input" top: "b0" input_param { shape { dim: 1 dim: 4 } } }

            """);
        for (int layer = 1; layer <= LayerCount; layer++)
        {
            prototxt.AppendLine(CultureInfo.InvariantCulture, $"layer {{ name: \"f{layer}\" type: \"Flatten\" bottom: \"b{layer - 1}\" top: \"b{layer}\" }}");
        }

        _net = Net.FromText(prototxt.ToString());
        _last = _net.Blobs[$"b{LayerCount}"];
        _net.Inputs[0].CopyFrom([1, 2, 3, 4]);
        _ = _net.Forward();
    }

    [GlobalCleanup]
    public void Close() => _net!.Dispose();

    [Benchmark]
    public float ReadOneValue() => _last!.Data[0, 3];

    [Benchmark]
    public float ReadOneValueByName() => _net!.Blobs["b16"].Data[0, 3];

    [Benchmark]
    public void WriteOneValue() => _last!.MutableData[0, 3] = 1;

    [Benchmark]
    public float PassOfSixteenEmptyLayers() => _net!.Forward();

    [Benchmark]
    public float PassAndReadOneValue()
    {
        _ = _net!.Forward();
        return _last!.Data[0, 3];
    }
}
