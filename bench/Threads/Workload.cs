using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CaffeSharp;
using Mtcnn.Detection;
using Mtcnn.Faces;
using OpenCvSharp;

namespace Mtcnn.ThreadBudget;

/// <summary>Two detectors, a solver and two nets that run at once.</summary>
internal sealed class Workload : IDisposable
{
    private const int CallersPerDetector = 3;

    private const string Training = """
        base_lr: 0.00001 lr_policy: "fixed" momentum: 0.9 random_seed: 7 max_iter: 1000000 display: 0 snapshot_after_train: false
        net_param {
          layer { name: "images" type: "DummyData" top: "x" top: "wanted" dummy_data_param {
            shape { dim: 16 dim: 3 dim: 24 dim: 24 } shape { dim: 16 dim: 8 }
            data_filler { type: "gaussian" std: 1 } data_filler { type: "gaussian" std: 1 } } }
          layer { name: "conv" type: "Convolution" bottom: "x" top: "conv"
                  convolution_param { num_output: 16 kernel_size: 3 weight_filler { type: "xavier" } } }
          layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
          layer { name: "pool" type: "Pooling" bottom: "conv" top: "pool" pooling_param { pool: MAX kernel_size: 3 stride: 2 } }
          layer { name: "ip" type: "InnerProduct" bottom: "pool" top: "y" inner_product_param { num_output: 8 weight_filler { type: "xavier" } } }
          layer { name: "loss" type: "EuclideanLoss" bottom: "y" bottom: "wanted" top: "loss" }
        }
        """;

    private const string Passing = """
        layer { name: "data" type: "Input" top: "x" input_param { shape { dim: 1 dim: 3 dim: 96 dim: 96 } } }
        layer { name: "conv" type: "Convolution" bottom: "x" top: "conv"
                convolution_param { num_output: 16 kernel_size: 5 weight_filler { type: "xavier" } } }
        layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
        """;

    private readonly Mat[] _images;
    private readonly FaceDetector[] _detectors;
    private readonly Solver _solver;
    private readonly Net[] _nets;

    internal Workload(IReadOnlyList<string> images)
    {
        _images = [.. images.Select(path => Cv2.ImRead(path))];
        _detectors = Array.ConvertAll([null, new FaceDetectorOptions { MinimumFace = 40 }], (FaceDetectorOptions? options) => new FaceDetector(options));
        _solver = Solver.FromText(Training);
        _nets = [.. Enumerable.Range(0, 2).Select(_ => Net.FromText(Passing, new NetOptions { Engine = Engine.Accelerated, Seed = 3 }))];
    }

    /// <summary>Computes everything once, one after the other, and hashes the numbers.</summary>
    internal string Digest()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (FaceDetector detector in _detectors)
        {
            foreach (Mat image in _images)
            {
                foreach (Face face in detector.Detect(image))
                {
                    hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{face}")));
                }
            }
        }

        _ = _solver.Step(20);
        foreach (Net net in _nets.Prepend(_solver.Net))
        {
            _ = net.Forward();
            foreach (Blob blob in net.Layers.SelectMany(layer => layer.Parameters))
            {
                hash.AppendData(MemoryMarshal.AsBytes<float>(blob.ToArray()));
            }
        }

        hash.AppendData(MemoryMarshal.AsBytes<float>(_nets[0].Blobs["conv"].ToArray()));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Runs everything at once for a while.</summary>
    internal Observation RunFor(TimeSpan time)
    {
        using CancellationTokenSource end = new();
        int images = 0;
        int steps = 0;
        int passes = 0;
        List<Thread> threads = [];
        foreach (FaceDetector detector in _detectors)
        {
            for (int caller = 0; caller < CallersPerDetector; caller++)
            {
                int first = caller;
                threads.Add(new Thread(() =>
                {
                    for (int next = first; !end.IsCancellationRequested; next++)
                    {
                        _ = detector.Detect(_images[next % _images.Length]);
                        _ = Interlocked.Increment(ref images);
                    }
                }));
            }
        }

        threads.Add(new Thread(() =>
        {
            while (!end.IsCancellationRequested)
            {
                _ = _solver.Step(1);
                steps++;
            }
        }));
        threads.AddRange(_nets.Select(net => new Thread(() =>
        {
            while (!end.IsCancellationRequested)
            {
                _ = net.ForwardAsync().GetAwaiter().GetResult();
                _ = Interlocked.Increment(ref passes);
            }
        })));
        threads.ForEach(thread => thread.Start());
        // Code is compiled and nets take their shapes before anything is counted.
        Thread.Sleep(TimeSpan.FromSeconds(1));
        (int Images, int Steps, int Passes) before = (images, Volatile.Read(ref steps), passes);
        _ = BudgetUsage.TakeMostHeld();
        RunningThreads running = new();
        double processorBefore = RunningThreads.ProcessorSeconds();
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            running.Sample();
            Thread.Sleep(5);
        }

        Observation observation = new(
            CaffeRuntime.Threads,
            BudgetUsage.TakeMostHeld(),
            running.Mean,
            watch.Elapsed.TotalSeconds,
            RunningThreads.ProcessorSeconds() - processorBefore,
            images - before.Images,
            Volatile.Read(ref steps) - before.Steps,
            passes - before.Passes);
        end.Cancel();
        threads.ForEach(thread => thread.Join());
        return observation;
    }

    public void Dispose()
    {
        Array.ForEach(_nets, net => net.Dispose());
        _solver.Dispose();
        Array.ForEach(_detectors, detector => detector.Dispose());
        Array.ForEach(_images, image => image.Dispose());
    }
}
