using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Mtcnn.Benchmarks;

_ = BenchmarkSwitcher.FromAssembly(typeof(ResamplingBenchmarks).Assembly).Run(args, DefaultConfig.Instance.WithArtifactsPath(BenchmarkFiles.Results));
