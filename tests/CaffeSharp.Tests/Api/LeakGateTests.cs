using System.Reflection;
using System.Runtime.CompilerServices;
using CaffeSharp.Tests.Interop;
using CaffeSharp.Tests.Support;
using Xunit.Sdk;

namespace CaffeSharp.Tests.Api;

/// <summary>The gate that every test goes through: it fails a test that leaves a handle behind.</summary>
[Collection(AloneCollection.Name)]
public sealed class LeakGateTests : LeakGate
{
    // They make no net, solver or blob that could be left behind.
    private static readonly HashSet<Type> s_withoutHandles =
    [
        typeof(Applications.FloatImageTests), typeof(Files.NpyTests), typeof(DesktopLibrariesTests), typeof(HeaderTests),
        typeof(LibraryLoadingTests), typeof(Blobs.TensorShapeTests), typeof(Runtime.DeviceTests), typeof(Documentation.PycaffeTableTests),
    ];

    public static TheoryData<string> Kinds => ["net", "solver", "blob", "clone"];

    [Fact]
    public void Every_test_that_makes_something_native_goes_through_the_gate()
    {
        IEnumerable<Type> tests = typeof(LeakGateTests).Assembly.GetTypes().Where(
            type => type.GetMethods().Any(method => method.GetCustomAttribute<FactAttribute>() is not null));
        Assert.All(
            tests.Except(s_withoutHandles), type => Assert.True(type.IsSubclassOf(typeof(LeakGate)), $"{type} is not a {nameof(LeakGate)}."));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Handle_that_is_left_behind_fails_its_test(string kind)
    {
        using Net net = Net.FromText(SmallNets.InnerProduct);
        long before = CollectedSoFar();
#pragma warning disable CA2000 // Its disposal is the test.
        LeakyTest test = new();
#pragma warning restore CA2000
        Leave(kind, net);
        Assert.Throws<EqualException>(test.Dispose);
        ExpectCollected((int)(CollectedSoFar() - before));
        using LeakyTest clean = new();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leave(string kind, Net net) => _ = kind switch
    {
#pragma warning disable CA2000 // That nobody disposes them is what is tested.
        "net" => Net.FromText(SmallNets.InnerProduct),
        "solver" => Solver.FromText(
            $"net_param {{ {SmallNets.EuclideanLoss} }} base_lr: 1 lr_policy: 'fixed' snapshot_after_train: false"),
        "blob" => new Blob(2, 3),
        _ => (object)net.CloneSharingWeights(),
#pragma warning restore CA2000
    };

    private sealed class LeakyTest : LeakGate;
}
