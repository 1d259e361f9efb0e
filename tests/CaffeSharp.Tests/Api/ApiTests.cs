using System.Reflection;
using System.Runtime.InteropServices;
using CaffeSharp.Interop;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Api;

/// <summary>Rules that hold for the public interface as a whole.</summary>
public sealed class ApiTests : LeakGate
{
    public static TheoryData<Type> PublicTypes => [.. Packages.PublicTypes];

    [Fact]
    public void Interop_is_internal()
    {
        Assert.DoesNotContain(Packages.PublicTypes, type => type.Namespace == typeof(NetHandle).Namespace);
        Assert.All(
            Packages.PublicTypes,
            type => Assert.StartsWith("CaffeSharp", type.Namespace, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void Public_class_is_sealed_or_static_unless_it_is_there_to_derive_from(Type type) =>
        Assert.Equal(type != typeof(ManagedLayer) && !type.IsInterface, type.IsSealed);

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
    public void Every_method_that_is_awaited_takes_a_token()
    {
        MethodInfo[] awaited =
        [
            .. Packages.PublicTypes
                .SelectMany(type => type.GetMethods(
                    BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .Where(method => IsAwaited(method.ReturnType)),
        ];
        Assert.NotEmpty(awaited);
        Assert.All(
            awaited,
            method => Assert.True(
                method.GetParameters() is [.., { ParameterType: { } last }] && last == typeof(CancellationToken),
                $"{method.DeclaringType}.{method.Name} takes no token as its last argument."));
        Assert.All(
            awaited.Where(method => method.ReturnType.Name != typeof(IAsyncEnumerable<>).Name),
            method => Assert.EndsWith("Async", method.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Handles_are_of_the_one_base_that_destroys_once_and_counts_leaks()
    {
        Assert.All(
            Packages.Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(SafeHandle)) && type != typeof(CaffeHandle)),
            type => Assert.True(type.IsSealed && type.IsSubclassOf(typeof(CaffeHandle)), $"{type}"));
    }

    [Fact]
    public void Exceptions_hold_their_message_and_cause()
    {
        InvalidOperationException cause = new("cause");
        foreach (Type type in Packages.PublicTypes.Where(typeof(Exception).IsAssignableFrom))
        {
            Exception error = (Exception)Activator.CreateInstance(type, "message", cause)!;
            Assert.Equal("message", error.Message);
            Assert.Same(cause, error.InnerException);
            Assert.NotNull(Activator.CreateInstance(type));
            Assert.Equal("message", ((Exception)Activator.CreateInstance(type, "message")!).Message);
        }
    }

    private static bool IsAwaited(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ValueTask<>)
            || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));
}
