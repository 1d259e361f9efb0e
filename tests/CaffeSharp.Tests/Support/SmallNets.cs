namespace CaffeSharp.Tests.Support;

/// <summary>Small definitions for what the original nets do not show.</summary>
internal static class SmallNets
{
    /// <summary>Two numbers in, three out, through "ip".</summary>
    internal const string InnerProduct = """
        name: "Small"
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 2 } } }
        layer {
          name: "ip" type: "InnerProduct" bottom: "data" top: "ip"
          inner_product_param { num_output: 3 weight_filler { type: "gaussian" std: 1 } bias_filler { type: "constant" value: 0.5 } }
        }
        """;

    /// <summary>A squared distance of two inputs, of loss weight 2.</summary>
    internal const string EuclideanLoss = """
        name: "Distance"
        layer { name: "data" type: "Input" top: "left" top: "right" input_param { shape { dim: 2 dim: 3 } } }
        layer {
          name: "ip" type: "InnerProduct" bottom: "left" top: "ip"
          inner_product_param { num_output: 3 weight_filler { type: "xavier" } }
        }
        layer { name: "loss" type: "EuclideanLoss" bottom: "ip" bottom: "right" top: "loss" loss_weight: 2 }
        """;
}
