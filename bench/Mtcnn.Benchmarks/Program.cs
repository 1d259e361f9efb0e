using BenchmarkDotNet.Running;
using Mtcnn.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ResamplingBenchmarks).Assembly).Run(args);
