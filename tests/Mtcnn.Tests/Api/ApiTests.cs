using System.Reflection;
using CaffeSharp;
using CaffeSharp.Tests.Support;
using Mtcnn.Alignment;
using Mtcnn.Training.Crops;
using Mtcnn.Detection;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Api;

/// <summary>Rules that hold for the public interface as a whole.</summary>
public sealed class ApiTests
{
    private static readonly Assembly Library = typeof(FaceDetector).Assembly;

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
        [typeof(AlignedFace)] = () =>
        {
            using Mat picture = Cv2.ImRead(SharedFiles.Of("images/astronaut.png"));
            return new FaceAligner().Align(picture, Detectors.Authors.Detect(picture)[0].Landmarks);
        },
    };

    public static TheoryData<Type> Disposables =>
        [.. Library.GetExportedTypes().Where(type => type.IsClass && typeof(IDisposable).IsAssignableFrom(type))];

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
            .. Library.GetExportedTypes()
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
            Library.GetExportedTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
                .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)),
            used => used.IsPointer || used == typeof(nint));
}
