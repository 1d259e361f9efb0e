using BenchmarkDotNet.Running;
using Mtcnn.Benchmarks;

if (args is ["pictures", .. string[] paths])
{
    PictureComparison.Run(paths);
}
else
{
    _ = BenchmarkSwitcher.FromAssembly(typeof(ResamplingBenchmarks).Assembly).Run(args);
}
