using System.Diagnostics.CodeAnalysis;

namespace CaffeSharp.Tests.Support;

/// <summary>
/// Tests that measure the whole process, change one of its settings (the log, limits, the threads of BLAS), or leave handles to the
/// finalizer on purpose: no other test of the assembly runs at the same time.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[SuppressMessage("Naming", "CA1711", Justification = "xUnit calls such a group of tests a collection.")]
public sealed class AloneCollection
{
    /// <summary>The name that test classes give.</summary>
    public const string Name = "Alone";
}
