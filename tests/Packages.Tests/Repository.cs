using System.Reflection;

namespace Packages.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    internal static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);
}
