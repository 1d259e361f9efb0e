using System.Diagnostics.CodeAnalysis;

namespace Mtcnn.Tests.Support;

/// <summary>Tests that measure the whole process: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[SuppressMessage("Naming", "CA1711", Justification = "xUnit calls such a group of tests a collection.")]
public sealed class AloneCollection
{
    /// <summary>The name that test classes give.</summary>
    public const string Name = "Alone";
}
