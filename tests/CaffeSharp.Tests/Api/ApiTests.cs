using System.Reflection;
using CaffeSharp.Interop;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Api;

/// <summary>Rules that hold for the public interface as a whole.</summary>
public sealed class ApiTests : LeakGate
{
    private static readonly Assembly s_assembly = typeof(Net).Assembly;

    public static TheoryData<Type> PublicTypes => [.. s_assembly.GetExportedTypes()];

    [Fact]
    public void Interop_is_internal_and_everything_public_is_in_one_namespace()
    {
        Assert.All(s_assembly.GetExportedTypes(), type => Assert.Equal("CaffeSharp", type.Namespace));
        Assert.DoesNotContain(s_assembly.GetTypes(), type => type.IsPublic && type.Namespace == typeof(NetHandle).Namespace);
    }

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void Public_class_is_sealed_or_static(Type type) => Assert.True(type.IsSealed, $"{type} can be derived from");

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void No_pointer_or_interop_type_is_in_a_public_signature(Type type)
    {
        IEnumerable<Type> seen = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).SelectMany(
            member => member switch
            {
                MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType)
                    .Append(method.ReturnType),
                ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
                FieldInfo field => [field.FieldType],
                _ => Enumerable.Empty<Type>(),
            });
        Assert.DoesNotContain(seen, used => used.IsPointer || used.Namespace == typeof(NetHandle).Namespace);
    }

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void Arrays_are_handed_out_as_spans_or_lists(Type type)
    {
        Assert.DoesNotContain(
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static),
            property => property.PropertyType.IsArray);
    }

    [Fact]
    public void Everything_that_can_be_disposed_is_a_net_or_a_blob_and_can_be_disposed_twice()
    {
        Assert.Equal(
            [nameof(Blob), nameof(Net)],
            s_assembly.GetExportedTypes().Where(typeof(IDisposable).IsAssignableFrom).Select(type => type.Name).Order());
        using Blob blob = new(1);
        using Net net = Net.FromText(SmallNets.InnerProduct);
        blob.Dispose();
        net.Dispose();
    }

    [Fact]
    public void Handles_are_of_one_base_that_destroys_once()
    {
        Assert.Equal(
            [nameof(BlobHandle), nameof(NetHandle)],
            s_assembly.GetTypes()
                .Where(type => typeof(System.Runtime.InteropServices.SafeHandle).IsAssignableFrom(type) && !type.IsAbstract)
                .Select(type => type.Name).Order());
        Assert.True(typeof(NetHandle).IsSubclassOf(typeof(CaffeHandle)));
        Assert.True(typeof(BlobHandle).IsSubclassOf(typeof(CaffeHandle)));
    }

    [Fact]
    public void Exceptions_hold_their_message_and_cause()
    {
        InvalidOperationException cause = new("cause");
        foreach (Type type in s_assembly.GetExportedTypes().Where(typeof(Exception).IsAssignableFrom))
        {
            Exception error = (Exception)Activator.CreateInstance(type, "message", cause)!;
            Assert.Equal("message", error.Message);
            Assert.Same(cause, error.InnerException);
            Assert.NotNull(Activator.CreateInstance(type));
            Assert.Equal("message", ((Exception)Activator.CreateInstance(type, "message")!).Message);
        }
    }
}
