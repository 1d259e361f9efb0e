using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using CaffeSharp.Interop;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Interop;

/// <summary>Holds the imports, as they really are called, against the C header.</summary>
public sealed partial class HeaderTests
{
    private static readonly Dictionary<string, Type> s_enumerations = new()
    {
        ["caffe_status"] = typeof(CaffeStatus),
        ["caffe_blob_part"] = typeof(BlobPart),
        ["caffe_phase"] = typeof(Phase),
        ["caffe_mode"] = typeof(CaffeMode),
        ["caffe_log_severity"] = typeof(CaffeLogSeverity),
        ["caffe_managed_method"] = typeof(ManagedMethod),
        ["caffe_hook_moment"] = typeof(HookMoment),
        ["caffe_engine"] = typeof(Engine),
        ["caffe_instruction_set"] = typeof(InstructionSet),
        ["caffe_database_backend"] = typeof(DatabaseBackend),
        ["caffe_database_mode"] = typeof(DatabaseMode),
    };

    private static readonly Dictionary<string, Type> s_structures = new()
    {
        ["caffe_error"] = typeof(NativeError),
        ["caffe_build_info"] = typeof(NativeBuildInfo),
        ["caffe_net_options"] = typeof(NativeNetOptions),
        ["caffe_engine_options"] = typeof(NativeEngineOptions),
        ["caffe_managed_description"] = typeof(NativeManagedDescription),
        ["caffe_image"] = typeof(NativeImage),
        ["caffe_threads_usage"] = typeof(NativeThreadsUsage),
    };

    // Pointers to floats are handed on as numbers, and become spans later.
    private static readonly Dictionary<string, Type> s_types = new()
    {
        ["int32_t"] = typeof(int),
        ["uint32_t"] = typeof(uint),
        ["int64_t"] = typeof(long),
        ["float"] = typeof(float),
        ["int32_t *"] = typeof(int).MakePointerType(),
        ["int64_t *"] = typeof(long).MakePointerType(),
        ["float *"] = typeof(float).MakePointerType(),
        ["double *"] = typeof(double).MakePointerType(),
        ["float **"] = typeof(nint).MakePointerType(),
        ["int64_t **"] = typeof(nint).MakePointerType(),
        ["char *"] = typeof(byte).MakePointerType(),
        ["char **"] = typeof(byte).MakePointerType().MakePointerType(),
        ["void *"] = typeof(nint),
        ["void **"] = typeof(byte).MakePointerType().MakePointerType(),
        ["caffe_net *"] = typeof(nint),
        ["caffe_net **"] = typeof(nint).MakePointerType(),
        ["caffe_blob *"] = typeof(nint),
        ["caffe_blob **"] = typeof(nint).MakePointerType(),
        ["caffe_message *"] = typeof(nint),
        ["caffe_message **"] = typeof(nint).MakePointerType(),
        ["caffe_solver *"] = typeof(nint),
        ["caffe_solver **"] = typeof(nint).MakePointerType(),
        ["caffe_timer *"] = typeof(nint),
        ["caffe_timer **"] = typeof(nint).MakePointerType(),
        ["caffe_database *"] = typeof(nint),
        ["caffe_database **"] = typeof(nint).MakePointerType(),
        ["caffe_cursor *"] = typeof(nint),
        ["caffe_cursor **"] = typeof(nint).MakePointerType(),
        ["caffe_hdf5 *"] = typeof(nint),
        ["caffe_hdf5 **"] = typeof(nint).MakePointerType(),
        ["caffe_hdf5_image *"] = typeof(nint),
        ["caffe_hdf5_image **"] = typeof(nint).MakePointerType(),
        ["caffe_managed_call *"] = typeof(nint),
        ["caffe_image *"] = typeof(NativeImage).MakePointerType(),
        ["caffe_image_result *"] = typeof(nint),
        ["caffe_managed_description *"] = typeof(NativeManagedDescription).MakePointerType(),
        ["caffe_engine_options *"] = typeof(NativeEngineOptions).MakePointerType(),
        ["caffe_net_options *"] = typeof(NativeNetOptions).MakePointerType(),
        ["caffe_error *"] = typeof(NativeError).MakePointerType(),
        ["caffe_build_info *"] = typeof(NativeBuildInfo).MakePointerType(),
        ["caffe_threads_usage *"] = typeof(NativeThreadsUsage).MakePointerType(),
    };

    // Messages and records in memory are passed as bytes, arrays of strings as arrays of addresses.
    private static readonly Dictionary<(string Function, string Parameter), Type> s_exceptions = new()
    {
        [("caffe_net_copy_from_bytes", "bytes")] = typeof(byte).MakePointerType(),
        [("caffe_message_parse_bytes", "bytes")] = typeof(byte).MakePointerType(),
        [("caffe_database_put", "key")] = typeof(byte).MakePointerType(),
        [("caffe_database_put", "value")] = typeof(byte).MakePointerType(),
        [("caffe_error_nearest_name", "candidates")] = typeof(nint).MakePointerType(),
    };

    public static TheoryData<string> Functions => [.. CHeader.Parsed.Functions.Keys];

    public static TheoryData<string> Structures => [.. CHeader.Parsed.Structures.Keys];

    public static TheoryData<string> Enumerations => [.. CHeader.Parsed.Enumerations.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Import_of_a_function_has_the_headers_name_order_and_types(string function)
    {
        MethodInfo import = Assert.Single(Imports(), import => ImportName(import) == function);
        CFunction declared = CHeader.Parsed.Functions[function];

        Assert.Equal("caffe_status", declared.Result);
        Assert.Equal(typeof(CaffeStatus), import.ReturnType);
        ParameterInfo[] parameters = import.GetParameters();
        Assert.Equal(declared.Parameters.Select(parameter => Camel(parameter.Name)), parameters.Select(ParameterName));
        for (int index = 0; index < parameters.Length; index++)
        {
            CParameter parameter = declared.Parameters[index];
            if (CHeader.Parsed.Typedefs.TryGetValue(parameter.Type, out string? callback))
            {
                AssertCallback(callback, parameters[index].GetModifiedParameterType());
            }
            else
            {
                Type expected = s_exceptions.GetValueOrDefault((function, parameter.Name), Expected(parameter.Type));
                Assert.Equal(expected, Plain(parameters[index].ParameterType));
            }
        }
    }

    [Fact]
    public void Imports_are_those_of_the_header_and_no_more()
    {
        Assert.Equal(CHeader.Parsed.Functions.Keys.Order(), Imports().Select(ImportName).Order());
        Assert.All(Imports(), import => Assert.Equal(
            NativeLibraryName.Import, import.GetCustomAttribute<DllImportAttribute>()!.Value));
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Structure_has_the_headers_size_fields_and_offsets(string structure)
    {
        CLayout declared = CHeader.Parsed.Structures[structure];
        Type type = s_structures[structure];

        FieldInfo[] fields = [.. type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .OrderBy(field => field.MetadataToken)];
        Assert.Equal(declared.Fields.Select(field => Camel(field.Name)), fields.Select(field => LowerFirst(field.Name)));
        Assert.Equal(declared.Fields.Select(field => Expected(field.Type)), fields.Select(field => field.FieldType));
        Assert.Equal(declared.Fields.Select(field => field.Offset), fields.Select(field => (int)Marshal.OffsetOf(type, field.Name)));
        Assert.Equal(declared.Size, Marshal.SizeOf(type));
    }

    [Theory]
    [MemberData(nameof(Enumerations))]
    public void Enumeration_has_the_headers_values(string enumeration)
    {
        Dictionary<string, int> declared = CHeader.Parsed.Enumerations[enumeration];
        Type type = s_enumerations[enumeration];

        Assert.Equal(typeof(int), Enum.GetUnderlyingType(type));
        Assert.Equal(
            declared.Values.Order(), Enum.GetValues(type).Cast<object>().Select(value => (int)value).Order());
        foreach ((string name, int value) in declared)
        {
            string managed = Enum.GetName(type, value)!;
            string constant = name.Replace("_", string.Empty, StringComparison.Ordinal);
            Assert.EndsWith(managed, constant, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Constants_are_the_headers()
    {
        Assert.Equal(NativeLibraryName.AbiVersion, CHeader.Macro("runtime.h", "CAFFESHARP_ABI_VERSION"));
        Assert.Equal(Blob.MaxAxes, CHeader.Macro("blob.h", "CAFFE_MAX_BLOB_AXES"));
    }

    [Fact]
    public void Structures_in_memory_are_what_the_compiler_makes_of_them()
    {
        // Marshal's sizes are the runtime's word for blittable structures; Unsafe's are those that calls really use.
        Assert.Equal(Marshal.SizeOf<NativeError>(), Unsafe.SizeOf<NativeError>());
        Assert.Equal(Marshal.SizeOf<NativeBuildInfo>(), Unsafe.SizeOf<NativeBuildInfo>());
        Assert.Equal(Marshal.SizeOf<NativeNetOptions>(), Unsafe.SizeOf<NativeNetOptions>());
        Assert.Equal(Marshal.SizeOf<NativeManagedDescription>(), Unsafe.SizeOf<NativeManagedDescription>());
        Assert.Equal(Marshal.SizeOf<NativeImage>(), Unsafe.SizeOf<NativeImage>());
    }

    /// <summary>The calls below the marshalling: what the generator wrote where it had something to convert.</summary>
    private static List<MethodInfo> Imports() =>
        [.. typeof(NetNative).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(NetNative).Namespace)
            .SelectMany(type => type.GetMethods(
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))];

    private static string ImportName(MethodInfo import) =>
        import.GetCustomAttribute<DllImportAttribute>()!.EntryPoint is { Length: > 0 } entry ? entry : import.Name;

    private static string ParameterName(ParameterInfo parameter) =>
        GeneratedName().Match(parameter.Name!) is { Success: true } match ? match.Groups["name"].Value : parameter.Name!;

    private static Type Expected(string type) => type == "const char *const *"
        ? s_types["char **"]
        : s_types[type.Replace("const ", string.Empty, StringComparison.Ordinal)];

    // By reference or by pointer, it is the same address.
    private static Type Plain(Type type) => type.IsByRef ? type.GetElementType()!.MakePointerType() : type;

    private static void AssertCallback(string declared, Type callback)
    {
        Match signature = CallbackPattern().Match(declared);
        Assert.True(signature.Success, declared);
        Assert.True(callback.IsUnmanagedFunctionPointer);
        Assert.Equal([typeof(CallConvCdecl)], callback.GetFunctionPointerCallingConventions());
        Assert.Equal(typeof(void), callback.GetFunctionPointerReturnType().UnderlyingSystemType);
        Assert.Equal(
            signature.Groups["parameters"].Value.Split(", ").Select(Expected),
            callback.GetFunctionPointerParameterTypes().Select(type => type.UnderlyingSystemType));
    }

    private static string Camel(string name) =>
        Regex.Replace(name, "_(.)", match => match.Groups[1].Value.ToUpperInvariant());

    private static string LowerFirst(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex("^__(?<name>.+)_native$")]
    private static partial Regex GeneratedName();

    [GeneratedRegex(@"^void \(\*\)\((?<parameters>.*)\)$")]
    private static partial Regex CallbackPattern();
}
