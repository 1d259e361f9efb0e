using CaffeSharp.Onnx;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Onnx;

/// <summary>Caffe's rounding of poolings in one model, at every size of input.</summary>
public sealed class PoolingTests : LeakGate
{
    [Theory]
    [InlineData("MAX", "CEIL")]
    [InlineData("AVE", "CEIL")]
    [InlineData("MAX", "FLOOR")]
    [InlineData("AVE", "FLOOR")]
    public void A_pooling_when_exported_has_Caffes_windows_at_every_size(string pool, string rounding)
    {
        int refused = 0;
        for (int kernel = 1; kernel <= 4; kernel++)
        {
            for (int stride = 1; stride <= 4; stride++)
            {
                for (int pad = 0; pad < kernel; pad++)
                {
                    using Net net = Net.FromText(
                        $$"""
                        layer { name: "data" type: "Input" top: "x" input_param { shape { dim: 1 dim: 2 dim: 9 dim: 8 } } }
                        layer {
                          name: "pool" type: "Pooling" bottom: "x" top: "y"
                          pooling_param {
                            pool: {{pool}} round_mode: {{rounding}} kernel_h: {{kernel}} kernel_w: 3 stride_h: {{stride}} stride_w: 2 pad_h: {{pad}} pad_w: 0
                          }
                        }
                        """);
                    if (pool == "AVE" && rounding == "CEIL" && stride > kernel && pad == 0)
                    {
                        // Caffe divides by the count of an empty window, or by less.
                        Assert.Throws<CaffeException>(() => net.ToOnnx(new() { DynamicSize = true }));
                        refused++;
                        continue;
                    }

                    using OnnxRun model = new(net.ToOnnx(new() { DynamicSize = true }));
                    for (int more = 0; more < 7; more++)
                    {
                        net.Inputs[0].Reshape(1 + (more % 2), 2, kernel + more, 3 + more);
                        net.Reshape();
                        RandomBlobs.Fill(net.Inputs[0], more);
                        double difference = model.DifferenceFrom(net);
                        Assert.True(difference < 1e-6, $"kernel {kernel}, stride {stride}, pad {pad}, height {kernel + more}: {difference}");
                    }
                }
            }
        }

        Assert.Equal(pool == "AVE" && rounding == "CEIL" ? 6 : 0, refused);
    }

    [Fact]
    public void An_average_whose_step_is_long_when_no_window_is_empty_is_exported_at_its_size()
    {
        using Net full = Net.FromText(Strided(height: 7));
        using Net empty = Net.FromText(Strided(height: 6));
        RandomBlobs.Fill(full.Inputs[0], 1);
        using OnnxRun model = new(full.ToOnnx());

        Assert.InRange(model.DifferenceFrom(full), 0, 1e-6);
        CaffeException error = Assert.Throws<CaffeException>(() => empty.ToOnnx());
        Assert.Equal((CaffeErrorKind.Unsupported, "pool"), (error.Kind, error.LayerName));
    }

    // Windows of 1 at 0, 3, 6, 9: at a height of 6 Caffe has one that begins at the end.
    private static string Strided(int height) => $$"""
        layer { name: "data" type: "Input" top: "x" input_param { shape { dim: 1 dim: 2 dim: {{height}} dim: 7 } } }
        layer { name: "pool" type: "Pooling" bottom: "x" top: "y" pooling_param { pool: AVE kernel_size: 1 stride: 3 } }
        """;
}
