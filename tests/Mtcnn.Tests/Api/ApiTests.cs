using System.Reflection;
using CaffeSharp;
using CaffeSharp.Tests.Support;
using Mtcnn.Alignment;
using Mtcnn.Cascade.Nets;
using Mtcnn.Detection;
using Mtcnn.Imaging;
using Mtcnn.Tests.Support;
using Mtcnn.Training.Crops;
using OpenCvSharp;

namespace Mtcnn.Tests.Api;

/// <summary>Rules for the whole public interface.</summary>
public sealed class ApiTests
{
    private static readonly Type[] Exported =
        [.. typeof(FaceDetector).Assembly.GetExportedTypes(), .. typeof(ImageReader).Assembly.GetExportedTypes(), .. typeof(CropStore).Assembly.GetExportedTypes()];

    private static readonly Dictionary<Type, Func<IDisposable>> Make = new()
    {
        [typeof(FaceDetector)] = () => new FaceDetector(new FaceDetectorOptions { Models = Detectors.Models }),
        [typeof(CascadeNets)] = () => CascadeNets.Load(Detectors.Models, Device.Cpu),
        [typeof(CropStore)] = () =>
        {
            // Open files outlive their folder.
            using TemporaryFolder folder = new();
            return CropStore.Create(Path.Combine(folder.Path, "store"));
        },
        [typeof(AlignedMat)] = () =>
        {
            using Mat image = Cv2.ImRead(SharedFiles.Of("images/astronaut.png"));
            return new FaceAligner().Align(image, Detectors.Authors.Detect(image)[0].Landmarks);
        },
    };

    public static TheoryData<Type> Disposables =>
        [.. Exported.Where(type => type.IsClass && typeof(IDisposable).IsAssignableFrom(type))];

    [Theory]
    [MemberData(nameof(Disposables))]
    public void Disposable_is_disposed_twice(Type type)
    {
        Assert.True(Make.ContainsKey(type), $"Say here how a {type.Name} is made.");
        IDisposable made = Make[type]();
        made.Dispose();
        made.Dispose();
    }

    [Fact]
    public void Every_method_that_is_awaited_takes_a_token()
    {
        MethodInfo[] awaited =
        [
            .. Exported
                .SelectMany(type => type.GetMethods(
                    BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType)
                    || (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))),
        ];
        Assert.NotEmpty(awaited);
        Assert.All(awaited, method =>
        {
            Assert.EndsWith("Async", method.Name, StringComparison.Ordinal);
            Assert.Equal(typeof(CancellationToken), method.GetParameters()[^1].ParameterType);
        });
    }

    [Fact]
    public void Pointers_stay_inside() =>
        Assert.DoesNotContain(
            Exported
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
                .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)),
            used => used.IsPointer || used == typeof(nint));
}
