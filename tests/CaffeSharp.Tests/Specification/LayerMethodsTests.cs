using System.Reflection;
using CaffeSharp.Messages;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Specification;

/// <summary>The generated methods and values are those of the Caffe that runs.</summary>
public sealed class LayerMethodsTests : LeakGate
{
    public static TheoryData<string> Types => [.. CaffeRuntime.LayerTypes];

    [Theory]
    [MemberData(nameof(Types))]
    public void Layer_type_that_is_registered_has_a_method_that_specifies_it(string type)
    {
        MethodInfo method = Assert.Single(
            typeof(L).GetMethods(BindingFlags.Public | BindingFlags.Static), method => method.Name == type);
        object?[] none = Array.ConvertAll(method.GetParameters(), parameter =>
            parameter.DefaultValue ?? (parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
                ? Activator.CreateInstance(parameter.ParameterType) : null));
        LayerParameter layer = ((LayerSpec)method.Invoke(null, none)!).ToTop().ToProto().Layer.Single();
        Assert.Equal(new LayerParameter { Type = type, Name = type + "1", Top = { type + "1" } }, layer);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Method_has_a_parameter_for_every_field_of_the_layers_own_message(string type)
    {
        // The message of a type is called after it; those without one read another's or none. LSTMParameter is of the type Lstm.
        string name = (type == "LSTM" ? "Recurrent" : type) + "Parameter";
        Google.Protobuf.Reflection.MessageDescriptor? message =
            CaffeReflection.Descriptor.MessageTypes.SingleOrDefault(message => message.Name == name);
        IEnumerable<string> wanted = message?.Fields.InDeclarationOrder().Select(field => field.PropertyName) ?? [];
        Assert.Subset(
            typeof(L).GetMethod(type)!.GetParameters().Select(parameter => parameter.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase),
            wanted.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_parameter_that_is_given_reaches_its_field()
    {
        LayerParameter pooling = L.Pooling(
            pool: P.Pooling.Ave, pad: 1, padH: 2, padW: 3, kernelSize: 4, kernelH: 5, kernelW: 6, stride: 7, strideH: 8, strideW: 9,
            engine: PoolingParameter.Types.Engine.Caffe, globalPooling: true, roundMode: P.Pooling.Floor, lossWeight: [2, 3],
            layerParameter: new() { Name = "p" }).ToTop().ToProto().Layer.Single();
        Assert.Equal(
            Prototxt.Parse<LayerParameter>(
                """
                name: "p" type: "Pooling" top: "Pooling1" loss_weight: 2 loss_weight: 3
                pooling_param {
                  pool: AVE pad: 1 pad_h: 2 pad_w: 3 kernel_size: 4 kernel_h: 5 kernel_w: 6 stride: 7 stride_h: 8 stride_w: 9
                  engine: CAFFE global_pooling: true round_mode: FLOOR
                }
                """),
            pooling);
    }
}
