using BenchmarkDotNet.Running;
using Mtcnn.Benchmarks;

_ = BenchmarkSwitcher.FromAssembly(typeof(ResamplingBenchmarks).Assembly).Run(args);
