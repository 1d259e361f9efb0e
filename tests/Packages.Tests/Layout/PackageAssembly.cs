using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using CaffeSharp.Tests.Support;

namespace Packages.Tests.Layout;

/// <summary>The compiled assembly of a project in src, read without loading it.</summary>
internal sealed class PackageAssembly : IDisposable
{
    private readonly PEReader _file;

    private PackageAssembly(string name)
    {
        Name = name;
        _file = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"))));
        Metadata = _file.GetMetadataReader();
    }

    /// <summary>The projects in src that have code.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetDirectories(Repository.Folder("src"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    internal string Name { get; }

    internal MetadataReader Metadata { get; }

    internal static PackageAssembly Open(string name) => new(name);

    /// <summary>The packages of this repository that the assembly refers to.</summary>
    internal IReadOnlyList<string> References() =>
        [.. Metadata.AssemblyReferences.Select(handle => Metadata.GetString(Metadata.GetAssemblyReference(handle).Name))
            .Where(name => Names.Contains(name)).Order(StringComparer.Ordinal)];

    /// <summary>The names of the types that a user of the assembly sees, nested ones included.</summary>
    internal IReadOnlyList<string> PublicTypes() =>
        [.. Metadata.TypeDefinitions.Where(IsVisible).Select(FullName).Order(StringComparer.Ordinal)];

    /// <summary>The instructions of a method, or none if it has no body.</summary>
    internal MethodBodyBlock? BodyOf(MethodDefinition method) =>
        method.RelativeVirtualAddress == 0 ? null : _file.GetMethodBody(method.RelativeVirtualAddress);

    /// <summary>The type that is not nested and holds a type, or the type itself.</summary>
    internal TypeDefinitionHandle Outermost(TypeDefinitionHandle type)
    {
        while (Metadata.GetTypeDefinition(type).GetDeclaringType() is { IsNil: false } outer)
        {
            type = outer;
        }

        return type;
    }

    /// <summary>A type's name with its namespace, or with the type that it is nested in.</summary>
    internal string FullName(TypeDefinitionHandle handle)
    {
        TypeDefinition type = Metadata.GetTypeDefinition(handle);
        string before = type.GetDeclaringType() is { IsNil: false } outer ? FullName(outer) : Metadata.GetString(type.Namespace);
        return $"{before}.{Metadata.GetString(type.Name)}";
    }

    public void Dispose() => _file.Dispose();

    private bool IsVisible(TypeDefinitionHandle handle)
    {
        TypeDefinition type = Metadata.GetTypeDefinition(handle);
        TypeAttributes visibility = type.Attributes & TypeAttributes.VisibilityMask;
        return visibility == TypeAttributes.Public ||
            (visibility is TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem
                && IsVisible(type.GetDeclaringType()));
    }
}
