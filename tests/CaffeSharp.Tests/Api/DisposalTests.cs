using CaffeSharp.Imaging;
using CaffeSharp.Tests.Support;

namespace CaffeSharp.Tests.Api;

/// <summary>Everything that can be disposed can be disposed twice, and says so afterwards instead of crashing.</summary>
[Collection(AloneCollection.Name)]
public sealed class DisposalTests : LeakGate
{
    private const string Image = """
        layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 3 dim: 4 dim: 4 } } }
        layer { name: "ip" type: "InnerProduct" bottom: "data" top: "ip" inner_product_param { num_output: 2 } }
        """;

    private static readonly Dictionary<Type, Func<TemporaryFolder, IDisposable>> s_make = new()
    {
        [typeof(Net)] = _ => Net.FromText(SmallNets.InnerProduct),
        [typeof(Blob)] = _ => new Blob(2, 3),
        [typeof(Solver)] = _ => Solver.FromText(
            $"net_param {{ {SmallNets.EuclideanLoss} }} base_lr: 1 lr_policy: 'fixed' snapshot_after_train: false"),
        [typeof(Classifier)] = _ => new Classifier(Net.FromText(Image)),
        [typeof(Detector)] = _ => new Detector(Net.FromText(Image)),
        [typeof(CaffeTimer)] = _ => new CaffeTimer(),
        [typeof(DatumStore)] = folder => DatumStore.Create(folder.File("store")),
    };

    public static TheoryData<Type> Disposables =>
        [.. Packages.PublicTypes.Where(type => type.IsClass && typeof(IDisposable).IsAssignableFrom(type))];

    [Theory]
    [MemberData(nameof(Disposables))]
    public void Disposable_is_disposed_twice(Type type)
    {
        Assert.True(s_make.ContainsKey(type), $"Say here how a {type.Name} is made.");
        using TemporaryFolder folder = new();
        IDisposable made = s_make[type](folder);
        made.Dispose();
        made.Dispose();
        OwnedNet(made)?.Dispose();
    }

    [Theory]
    [MemberData(nameof(Disposables))]
    public void Disposable_is_disposed_by_many_threads_at_once(Type type)
    {
        using TemporaryFolder folder = new();
        IDisposable made = s_make[type](folder);
        Parallel.For(0, 8, _ => made.Dispose());
        OwnedNet(made)?.Dispose();
    }

    private static Net? OwnedNet(IDisposable made) => made switch
    {
        Classifier classifier => classifier.Net,
        Detector detector => detector.Net,
        _ => null,
    };
}
