using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Messages;

/// <summary>Nets from messages, and back.</summary>
public sealed class NetMessagesTests : LeakGate
{
    [Fact]
    public void Net_comes_back_from_its_message_with_definition_and_weights()
    {
        using Net original = Net.FromFile(Originals.Net24, Originals.Weights24);
        NetParameter message = original.ToParameter();
        using Net copy = Net.FromParameter(message);

        Assert.Equal(original.Name, copy.Name);
        Assert.Equal(original.Layers.Names, copy.Layers.Names);
        original.Inputs[0].MutableData.Span.Fill(0.25f);
        copy.Inputs[0].MutableData.Span.Fill(0.25f);
        original.Forward();
        copy.Forward();
        Assert.All(original.Outputs, output => Assert.Equal(
            output.Data.Span.ToArray(), copy.Blobs[output.Name].Data.Span.ToArray()));
    }

    [Fact]
    public void Diffs_are_in_the_message_where_they_are_asked_for()
    {
        using Net net = Net.FromText(SmallNets.EuclideanLoss, new NetOptions { Phase = CaffeSharp.Phase.Train, Seed = 1 });
        net.Inputs["left"].MutableData.Span.Fill(1);
        net.Forward();
        net.Backward();
        float[] gradients = net.Parameters["ip"][0].Diff.Span.ToArray();
        Assert.Contains(gradients, value => value != 0);
        Assert.Equal(gradients, net.ToParameter(writeDiff: true).FindLayer("ip").Blobs[0].Diff);
        Assert.Empty(net.ToParameter().FindLayer("ip").Blobs[0].Diff);
    }

    [Fact]
    public void Message_is_the_callers_and_stays_as_it_is()
    {
        NetParameter message = Prototxt.Parse<NetParameter>(SmallNets.InnerProduct);
        NetParameter before = message.Clone();
        using Net net = Net.FromParameter(message);
        Assert.Equal(before, message);
        message.Layer.Clear();
        Assert.Equal(["data", "ip"], net.Layers.Names);
    }

    [Fact]
    public void Weights_of_another_shape_are_refused_with_the_layer()
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        NetParameter message = net.ToParameter();
        BlobProto weights = message.FindLayer("ip").Blobs[0];
        weights.Shape = Shape.Of(3, 1);
        weights.Data.RemoveAt(5);
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromParameter(message, name: "cut").Dispose());
        Assert.Equal("ip", error.LayerName);
        Assert.Contains("cut", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistake_in_a_message_names_the_layer_and_what_was_meant()
    {
        NetParameter message = Prototxt.Parse<NetParameter>(SmallNets.InnerProduct);
        message.FindLayer("ip").Type = "InerProduct";
        CaffeException error = Assert.Throws<CaffeException>(() => Net.FromParameter(message).Dispose());
        Assert.Equal("ip", error.LayerName);
        Assert.Contains("'InnerProduct'", error.Message, StringComparison.Ordinal);
        Assert.Contains("<message>", error.Message, StringComparison.Ordinal);
        CaffeException empty = Assert.Throws<CaffeException>(() => Net.FromParameter(new NetParameter()).Dispose());
        Assert.Contains("no layers", empty.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disposed_net_has_no_message()
    {
        Net net = Net.FromText(SmallNets.InnerProduct);
        net.Dispose();
        Assert.Throws<ObjectDisposedException>(() => net.ToParameter());
    }
}
