using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Packages.Tests.Layout;

/// <summary>
/// Which types of an assembly use which others of it: as base type or interface, in the signature of a member, as an attribute, and inside
/// the bodies of methods. A nested type counts as the type that holds it.
/// </summary>
internal sealed class TypeUses : ISignatureTypeProvider<ImmutableArray<TypeDefinitionHandle>, object?>
{
    private readonly PackageAssembly _assembly;
    private readonly MetadataReader _metadata;
    private readonly HashSet<(TypeDefinitionHandle From, TypeDefinitionHandle To)> _uses = [];

    private TypeUses(PackageAssembly assembly)
    {
        _assembly = assembly;
        _metadata = assembly.Metadata;
    }

    /// <summary>All uses of one namespace's type by another namespace's.</summary>
    internal static IReadOnlyList<TypeUse> BetweenNamespaces(PackageAssembly assembly)
    {
        TypeUses uses = new(assembly);
        foreach (TypeDefinitionHandle type in assembly.Metadata.TypeDefinitions)
        {
            uses.Visit(type);
        }

        return
        [
            .. from use in uses._uses
               let made = new TypeUse(uses.NamespaceOf(use.From), uses.NamespaceOf(use.To), assembly.FullName(use.From), assembly.FullName(use.To))
               where made.FromNamespace != made.ToNamespace && !uses.IsGenerated(use.From) && !uses.IsGenerated(use.To)
               orderby made.From, made.To
               select made,
        ];
    }

    public ImmutableArray<TypeDefinitionHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

    public ImmutableArray<TypeDefinitionHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

    public ImmutableArray<TypeDefinitionHandle> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableArray<TypeDefinitionHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public ImmutableArray<TypeDefinitionHandle> GetGenericTypeParameter(object? genericContext, int index) => [];

    public ImmutableArray<TypeDefinitionHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

    public ImmutableArray<TypeDefinitionHandle> GetArrayType(ImmutableArray<TypeDefinitionHandle> elementType, ArrayShape shape) => elementType;

    public ImmutableArray<TypeDefinitionHandle> GetSZArrayType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

    public ImmutableArray<TypeDefinitionHandle> GetByReferenceType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

    public ImmutableArray<TypeDefinitionHandle> GetPointerType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

    public ImmutableArray<TypeDefinitionHandle> GetPinnedType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

    public ImmutableArray<TypeDefinitionHandle> GetModifiedType(
        ImmutableArray<TypeDefinitionHandle> modifier, ImmutableArray<TypeDefinitionHandle> unmodifiedType, bool isRequired) => [.. modifier, .. unmodifiedType];

    public ImmutableArray<TypeDefinitionHandle> GetGenericInstantiation(
        ImmutableArray<TypeDefinitionHandle> genericType, ImmutableArray<ImmutableArray<TypeDefinitionHandle>> typeArguments) =>
        [.. genericType, .. typeArguments.SelectMany(argument => argument)];

    public ImmutableArray<TypeDefinitionHandle> GetFunctionPointerType(MethodSignature<ImmutableArray<TypeDefinitionHandle>> signature) => All(signature);

    private static ImmutableArray<TypeDefinitionHandle> All(MethodSignature<ImmutableArray<TypeDefinitionHandle>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(type => type)];

    private string NamespaceOf(TypeDefinitionHandle type) => _metadata.GetString(_metadata.GetTypeDefinition(type).Namespace);

    // What the compiler makes has no namespace; what generators of source code write for themselves is local to a file, and its name says so.
    private bool IsGenerated(TypeDefinitionHandle type) =>
        NamespaceOf(type).Length == 0 || _metadata.GetString(_metadata.GetTypeDefinition(type).Name).StartsWith('<');

    private void Visit(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        Add(handle, Of(type.BaseType));
        foreach (InterfaceImplementationHandle one in type.GetInterfaceImplementations())
        {
            Add(handle, Of(_metadata.GetInterfaceImplementation(one).Interface));
        }

        AddGenerics(handle, type.GetGenericParameters());
        AddAttributes(handle, type.GetCustomAttributes());
        foreach (FieldDefinition field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            Add(handle, field.DecodeSignature(this, null));
            AddAttributes(handle, field.GetCustomAttributes());
        }

        foreach (PropertyDefinitionHandle property in type.GetProperties())
        {
            AddAttributes(handle, _metadata.GetPropertyDefinition(property).GetCustomAttributes());
        }

        foreach (MethodDefinition method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            Add(handle, All(method.DecodeSignature(this, null)));
            AddGenerics(handle, method.GetGenericParameters());
            AddAttributes(handle, method.GetCustomAttributes());
            foreach (ParameterHandle parameter in method.GetParameters())
            {
                AddAttributes(handle, _metadata.GetParameter(parameter).GetCustomAttributes());
            }

            if (_assembly.BodyOf(method) is { } body)
            {
                AddBody(handle, body);
            }
        }
    }

    private void AddBody(TypeDefinitionHandle from, MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            Add(from, [.. _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null).SelectMany(type => type)]);
        }

        foreach (ExceptionRegion region in body.ExceptionRegions)
        {
            Add(from, Of(region.CatchType));
        }

        foreach (EntityHandle handle in Instructions.HandlesIn(body.GetILReader()))
        {
            Add(from, Of(handle));
        }
    }

    private void AddGenerics(TypeDefinitionHandle from, GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameterConstraintHandle constraint in parameters.SelectMany(one => _metadata.GetGenericParameter(one).GetConstraints()))
        {
            Add(from, Of(_metadata.GetGenericParameterConstraint(constraint).Type));
        }
    }

    private void AddAttributes(TypeDefinitionHandle from, CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttributeHandle attribute in attributes)
        {
            Add(from, Of(_metadata.GetCustomAttribute(attribute).Constructor));
        }
    }

    private void Add(TypeDefinitionHandle from, ImmutableArray<TypeDefinitionHandle> used)
    {
        foreach (TypeDefinitionHandle to in used)
        {
            _uses.Add((_assembly.Outermost(from), _assembly.Outermost(to)));
        }
    }

    // The types that a type, a member or a signature names.
    private ImmutableArray<TypeDefinitionHandle> Of(EntityHandle handle) => handle.IsNil ? [] : handle.Kind switch
    {
        HandleKind.TypeDefinition => [(TypeDefinitionHandle)handle],
        HandleKind.TypeSpecification => _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
        HandleKind.FieldDefinition => [_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()],
        HandleKind.MethodDefinition => OfMethod(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle)),
        HandleKind.MemberReference => OfMember(_metadata.GetMemberReference((MemberReferenceHandle)handle)),
        HandleKind.MethodSpecification => OfMethodSpecification(_metadata.GetMethodSpecification((MethodSpecificationHandle)handle)),
        HandleKind.StandaloneSignature => All(_metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeMethodSignature(this, null)),
        _ => [],
    };

    private ImmutableArray<TypeDefinitionHandle> OfMethod(MethodDefinition method) => [method.GetDeclaringType(), .. All(method.DecodeSignature(this, null))];

    private ImmutableArray<TypeDefinitionHandle> OfMember(MemberReference member) => member.GetKind() == MemberReferenceKind.Field
        ? [.. Of(member.Parent), .. member.DecodeFieldSignature(this, null)]
        : [.. Of(member.Parent), .. All(member.DecodeMethodSignature(this, null))];

    private ImmutableArray<TypeDefinitionHandle> OfMethodSpecification(MethodSpecification method) =>
        [.. Of(method.Method), .. method.DecodeSignature(this, null).SelectMany(type => type)];
}
