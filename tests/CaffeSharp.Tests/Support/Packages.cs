using System.Reflection;
using CaffeSharp.Imaging;
using CaffeSharp.Onnx;

namespace CaffeSharp.Tests.Support;

/// <summary>The packages that are tested here.</summary>
internal static class Packages
{
    internal static IReadOnlyList<Assembly> Assemblies { get; } =
        [typeof(Net).Assembly, typeof(FloatImage).Assembly, typeof(OnnxExporter).Assembly];

    internal static IEnumerable<Type> PublicTypes => Assemblies.SelectMany(assembly => assembly.GetExportedTypes());
}
